package dev.tocsin.cluster.protocol.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.proto.Channel;
import dev.tocsin.cluster.proto.Digest;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Envelope.BodyCase;
import dev.tocsin.cluster.proto.Page;
import dev.tocsin.cluster.proto.Pull;
import dev.tocsin.cluster.protocol.MemoryNetwork;
import dev.tocsin.cluster.protocol.OtherVersions;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.VersionVector;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that replicate to nodes of other versions. */
class OtherVersionsSyncTest {
    private static final LogKey KEY = new LogKey("{}:{}", "r", "webhook", 0);

    private final VirtualTime time = new VirtualTime();
    private final MemoryNetwork network = new MemoryNetwork(time, new Random(1));
    private final OtherVersions.Seen seen = new OtherVersions.Seen();

    private SyncNode start(String name) {
        SyncNode node = new SyncNode(time, network, name, Duration.ZERO).start();
        time.advance(Duration.ofSeconds(4));
        return node;
    }

    private static LogEntry entry(SyncNode node) {
        return new LogEntry(
                KEY,
                1,
                VersionVector.EMPTY.with(node.replica, 1),
                AlertHashes.of(1),
                AlertHashes.EMPTY,
                Map.of(),
                node.clock.now(),
                node.clock.now().plus(Duration.ofHours(8)),
                node.replica,
                false);
    }

    private void replicate(UnaryOperator<Envelope> version) {
        network.rewrite(message -> version.apply(seen.note(message)));
        SyncNode a = start("a");
        SyncNode b = start("b");
        assertThat(a.post(Duration.ofMillis(10), a.firing("Pushed"))).isTrue();
        a.silences.set(a.draft("Silenced"));
        a.log.record(entry(a));
        time.advance(Duration.ofSeconds(1));
        assertThat(b.fires("Pushed")).isTrue();
        assertThat(b.silences.list(List.of())).hasSize(1);
        assertThat(b.log.query(KEY).heads()).hasSize(1);

        SyncNode c = start("c");
        assertThat(c.members.warm()).isTrue();
        assertThat(c.fires("Pushed")).isTrue();
        assertThat(c.silences.list(List.of())).hasSize(1);
        assertThat(c.log.query(KEY).heads()).hasSize(1);
        for (SyncNode node : List.of(a, b, c)) {
            assertThat(node.counted("tocsin_cluster_unusable_messages_total")).isZero();
        }
        assertThat(seen.kinds())
                .contains(
                        BodyCase.HELLO,
                        BodyCase.HEARTBEAT,
                        BodyCase.ACK,
                        BodyCase.ALERT_PUSH,
                        BodyCase.SILENCE_PUSH,
                        BodyCase.LOG_PUSH,
                        BodyCase.DIGEST,
                        BodyCase.PULL,
                        BodyCase.PAGE);
    }

    @Test
    void fieldsThatALaterVersionAddsDoNoHarm() {
        replicate(OtherVersions::later);
    }

    @Test
    void fieldsThatAnEarlierVersionLacksAreDoneWithout() {
        replicate(OtherVersions::earlier);
    }

    @Test
    void aChannelOfALaterVersionIsCountedAndLeftAlone() {
        SyncNode a = start("a");
        start("b");
        Digest.Builder fewer = Digest.newBuilder().setChannel(Channel.LOG).addBuckets(1);
        List<Envelope> later = List.of(
                Envelope.newBuilder()
                        .setPull(Pull.newBuilder().setChannelValue(9).addBuckets(1))
                        .build(),
                Envelope.newBuilder()
                        .setPage(Page.newBuilder().setChannelValue(9).setLast(true))
                        .build(),
                Envelope.newBuilder()
                        .setDigest(Digest.newBuilder().setChannelValue(9).setAnswer(true))
                        .build(),
                Envelope.newBuilder().setDigest(fewer).build());
        for (Envelope message : later) {
            assertThat(a.sync.take("b", message)).isTrue();
        }
        assertThat(a.counted("tocsin_cluster_unusable_messages_total")).isEqualTo(4);
        assertThat(a.post(Duration.ofMillis(10), a.firing("Still"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damagedMessagesEndNothing(long seed) {
        Random random = new Random(seed);
        SyncNode a = start("a");
        SyncNode b = start("b");
        network.rewrite(message -> random.nextInt(5) == 0 ? OtherVersions.damaged(message, random) : message);
        for (int i = 0; i < 30; i++) {
            a.post(Duration.ofMillis(200), a.firing("A" + i));
            b.silences.set(b.draft("S" + i));
            b.log.record(entry(b));
            time.advance(Duration.ofSeconds(1));
        }
        network.rewrite(UnaryOperator.identity());
        SyncNode c = start("c");
        time.advance(Duration.ofSeconds(60));
        assertThat(c.members.live()).contains("c");
    }
}
