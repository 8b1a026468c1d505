package dev.tocsin.cluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tocsin.cluster.proto.Ack;
import dev.tocsin.cluster.proto.AlertPush;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Hello;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must arrive arrives. */
class OutboxCourierTest {
    private final VirtualTime time = new VirtualTime();
    private final MemoryNetwork network = new MemoryNetwork(time, new Random(1));
    private final MemberNode a = new MemberNode(time, network, "a", 1, 1, new MemoryStorage(time), Set.of());
    private final MemberNode b = new MemberNode(time, network, "b", 2, 5, new MemoryStorage(time), Set.of());
    private final List<Long> taken = new ArrayList<>();
    private int acknowledged;

    @BeforeEach
    void start() {
        a.start();
        b.start();
        b.add((peer, message) ->
                message.hasAlertPush() && taken.add(message.getAlertPush().getSentAtWallMs()));
        time.advance(Duration.ofSeconds(1));
    }

    private static Envelope.Builder message(long number) {
        return Envelope.newBuilder().setAlertPush(AlertPush.newBuilder().setSentAtWallMs(number));
    }

    private void deliver(long number) {
        a.courier.deliver("b", message(number), () -> acknowledged++);
    }

    @Test
    void aMessageThatArrivesIsAcknowledgedAndForgotten() {
        deliver(1);
        deliver(2);
        time.advance(Duration.ofMillis(2));
        assertThat(taken).containsExactly(1L, 2L);
        assertThat(acknowledged).isEqualTo(2);
        assertThat(a.courier.outstanding("b")).isZero();
    }

    @Test
    void acknowledgementsOfOneTurnTravelTogether() {
        for (int i = 0; i < 100; i++) {
            deliver(i);
        }
        long before = network.sent();
        time.advance(Duration.ofMillis(2));
        assertThat(acknowledged).isEqualTo(100);
        assertThat(network.sent() - before).isLessThan(10);
    }

    @Test
    void whatGetsLostIsSentAgain() {
        network.cut("a", "b");
        deliver(1);
        time.advance(Duration.ofMillis(600));
        assertThat(taken).isEmpty();
        network.heal();
        time.advance(Duration.ofMillis(500));
        assertThat(taken).containsExactly(1L);
        assertThat(acknowledged).isOne();
    }

    @Test
    void whatWaitsForTheConnectionGoesOutWithIt() {
        List<String> told = new ArrayList<>();
        MemberNode c = new MemberNode(time, network, "c", 3, 1, new MemoryStorage(time), Set.of());
        c.start();
        c.members.take(
                "d",
                Envelope.newBuilder()
                        .setHello(Hello.newBuilder()
                                .setNode("d")
                                .setReplica(4)
                                .setIncarnation(1)
                                .setProtocol(1))
                        .build());
        c.courier.deliver("d", message(7), () -> {});
        MemberNode d = new MemberNode(time, network, "d", 4, 1, new MemoryStorage(time), Set.of());
        d.add((peer, message) -> message.hasAlertPush() && told.add(peer));
        d.start();
        time.advance(Duration.ofMillis(10));
        assertThat(told).containsExactly("c");
    }

    @Test
    void anAcknowledgementThatGetsLostIsAskedForAgain() {
        network.cut("b", "a");
        deliver(1);
        time.advance(Duration.ofMillis(600));
        network.heal();
        time.advance(Duration.ofMillis(500));
        assertThat(taken).containsExactly(1L, 1L, 1L);
        assertThat(acknowledged).isOne();
    }

    @Test
    void nothingIsKeptForAPeerThatIsNotLive() {
        network.isolate("b");
        deliver(1);
        time.advance(Duration.ofSeconds(2));
        assertThat(a.courier.outstanding("b")).isZero();
        deliver(2);
        network.heal();
        time.advance(Duration.ofSeconds(2));
        assertThat(taken).isEmpty();
        assertThat(acknowledged).isZero();
    }

    @Test
    void anAcknowledgementForAnotherIncarnationDoesNotCount() {
        network.cut("a", "b");
        deliver(1);
        a.courier.take(
                "b",
                Envelope.newBuilder()
                        .setAck(Ack.newBuilder().addDeliveries(1).setIncarnation(7))
                        .build());
        assertThat(acknowledged).isZero();
        assertThat(a.courier.outstanding("b")).isOne();
    }

    @Test
    void aMessageToAllGoesToEveryLivePeer() {
        a.courier.deliverToAll(message(9));
        time.advance(Duration.ofMillis(2));
        assertThat(taken).containsExactly(9L);
    }

    @Test
    void anOutboxThatGrowsTooLargeIsEmptiedAndSaysSo() {
        network.cut("a", "b");
        ByteString megabyte = ByteString.copyFrom(new byte[1 << 20]);
        for (int i = 0; i < 33; i++) {
            a.courier.deliver(
                    "b",
                    Envelope.newBuilder().setAlertPush(AlertPush.newBuilder().setAlerts(megabyte)),
                    () -> {});
        }
        assertThat(a.events).contains("overflow b");
        assertThat(a.courier.outstanding("b")).isLessThan(2);
    }
}
