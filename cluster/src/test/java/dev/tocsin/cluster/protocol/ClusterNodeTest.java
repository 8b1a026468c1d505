package dev.tocsin.cluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a node does with messages before its parts see them. */
class ClusterNodeTest {
    private final VirtualTime time = new VirtualTime();
    private final MemoryNetwork network = new MemoryNetwork(time, new Random(1));

    private MemberNode node(String name) {
        return new MemberNode(time, network, name, name.charAt(0), 1, new MemoryStorage(time), Set.of());
    }

    @Test
    void aMessageOfALaterVersionIsAcknowledgedSoThatItIsNotToldAgain() {
        MemberNode older = node("a");
        new ClusterNode(older.context, older.members, older.courier, List.of()).start();
        MemberNode later = node("b");
        later.start();
        time.advance(Duration.ofSeconds(1));
        Envelope.Builder news = Envelope.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build());
        later.courier.deliver("a", news, () -> later.events.add("acknowledged"));
        time.advance(Duration.ofSeconds(1));
        assertThat(later.events).contains("acknowledged");
        assertThat(later.courier.outstanding("a")).isZero();
    }
}
