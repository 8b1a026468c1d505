package dev.tocsin.cluster.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tocsin.cluster.proto.AlertPush;
import dev.tocsin.cluster.proto.Envelope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that break, and peers that go and come. */
class LossTest {
    private final List<TestNode> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
    }

    private TestNode add(TestNode node) {
        nodes.add(node);
        return node;
    }

    @Test
    void aConnectionThatBreaksIsToldAndMadeAnew() throws Exception {
        TestNode a = add(new TestNode("a"));
        try (Relay relay = new Relay(a.address())) {
            TestNode b = add(new TestNode("b", relay.address()));
            b.events.await("connected a");
            int mark = b.events.mark();
            relay.cut();
            b.events.awaitAfter(mark, "disconnected a");
            b.events.awaitAfter(b.events.all().lastIndexOf("disconnected a"), "connected a");
            assertThat(b.count("alertmanager_cluster_reconnections_total")).isPositive();
            assertThat(b.ping("a", 3)).isTrue();
            a.events.await("received b 3");
        }
    }

    @Test
    void aConnectionOnWhichNothingComesIsGivenUp() throws Exception {
        TestNode a = add(new TestNode("a"));
        try (Relay relay = new Relay(a.address())) {
            TestNode b = add(new TestNode("b", relay.address()));
            b.events.await("connected a");
            relay.stall(true);
            b.events.await("disconnected a");
            assertThat(b.count("tocsin_cluster_connections_lost_total", "silent")
                            + a.count("tocsin_cluster_connections_lost_total", "silent"))
                    .as("whoever notices first closes it")
                    .isPositive();
            relay.stall(false);
            b.events.awaitAfter(b.events.all().lastIndexOf("disconnected a"), "connected a");
        }
    }

    @Test
    void aPeerThatDiedIsRefusedAndItsSuccessorMetAtOnce() {
        TestNode a = add(new TestNode("a"));
        TestNode b = new TestNode("b", a.address());
        String address = b.address();
        a.events.await("connected b");
        b.die();
        a.events.await("disconnected b");
        a.events.await("refused b");
        assertThat(a.peers()).containsExactly("b");
        int mark = a.events.mark();
        TestNode again = add(new TestNode(TestNode.Setup.PLAIN.listening(address), "b", a.address()));
        a.events.awaitAfter(mark, "connected b");
        again.events.await("connected a");
    }

    @Test
    void aPeerThatLeftIsNotLookedFor() {
        TestNode a = add(new TestNode("a"));
        TestNode b = new TestNode("b", a.address());
        a.events.await("connected b");
        b.events.await("connected a");
        b.close();
        a.events.await("disconnected b");
        assertThat(a.peers()).isEmpty();
        assertThat(a.events.all()).doesNotContain("refused b");
    }

    @Test
    void aPeerThatComesBackElsewhereIsFoundByTheOthers() {
        TestNode a = add(new TestNode("a"));
        TestNode c = add(new TestNode("c", a.address()));
        TestNode b = new TestNode("b", a.address());
        c.events.await("connected b");
        a.events.await("connected b");
        b.die();
        c.events.await("refused b");
        int mark = c.events.mark();
        add(new TestNode("b", a.address()));
        c.events.awaitAfter(mark, "connected b");
    }

    @Test
    void aConfiguredPeerThatIsDeadGetsItsNameFromTheOthers() {
        TestNode a = add(new TestNode("a"));
        TestNode c = new TestNode("c", a.address());
        a.events.await("connected c");
        c.die();
        a.events.await("refused c");
        TestNode d = add(new TestNode("d", c.address(), a.address()));
        d.events.await("connected a");
        d.events.await("refused c");
        assertThat(d.peers()).containsExactly("a", "c");
    }

    @Test
    void namesAreLookedUpAgain() {
        TestNode a = add(new TestNode("a"));
        List<Set<InetSocketAddress>> answers = new CopyOnWriteArrayList<>(List.of(Set.of()));
        TestNode b = add(new TestNode(
                TestNode.Setup.PLAIN.resolving(peer -> answers.getLast()), "b", "tocsin.example.org:9094"));
        assertThat(b.peers()).containsExactly("tocsin.example.org:9094");
        String port = a.address().split(":", -1)[1];
        answers.add(Set.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port))));
        b.events.await("connected a");
        assertThat(b.peers()).containsExactly("a");
    }

    @Test
    void aMessageThatIsTooLongIsRefusedToItsSender() {
        TestNode a = add(new TestNode("a"));
        TestNode b = add(new TestNode("b", a.address()));
        b.events.await("connected a");
        assertThat(b.send("a", bytes(TestNode.LINKS.frameBytes()))).isFalse();
        assertThat(b.count("tocsin_cluster_messages_unsent_total", "too_long")).isEqualTo(1);
        assertThat(b.ping("a", 4)).isTrue();
        a.events.await("received b 4");
    }

    @Test
    void aPeerThatDoesNotReadFillsABoundedQueue() throws Exception {
        TestNode a = add(new TestNode("a"));
        try (Relay relay = new Relay(a.address())) {
            TestNode b = add(new TestNode("b", relay.address()));
            b.events.await("connected a");
            relay.stall(true);
            Envelope block = bytes(512 << 10);
            int accepted = 0;
            while (b.send("a", block)) {
                accepted++;
                assertThat(accepted).isLessThan(200);
            }
            assertThat(b.count("tocsin_cluster_messages_unsent_total", "queue_full")
                            + b.count("tocsin_cluster_messages_unsent_total", "not_connected"))
                    .isEqualTo(1);
            b.events.await("disconnected a");
        }
    }

    @Test
    void nothingIsSentToWhomThereIsNoConnection() {
        TestNode a = add(new TestNode("a"));
        assertThat(a.ping("nobody", 1)).isFalse();
        assertThat(a.count("tocsin_cluster_messages_unsent_total", "not_connected"))
                .isEqualTo(1);
    }

    private static Envelope bytes(int count) {
        return Envelope.newBuilder()
                .setAlertPush(AlertPush.newBuilder().setAlerts(ByteString.copyFrom(new byte[count])))
                .build();
    }
}
