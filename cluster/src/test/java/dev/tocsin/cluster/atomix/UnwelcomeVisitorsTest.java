package dev.tocsin.cluster.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.atomix.link.HostAndPort;
import dev.tocsin.cluster.atomix.link.Insider;
import dev.tocsin.cluster.proto.Bundle;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who must not come in, and what must not be believed. */
class UnwelcomeVisitorsTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] HELLO = {'T', 'O', 'C', 'S', 'I', 'N'};

    private static final List<String> SWIM = List.of(
            "atomix-membership-sync",
            "atomix-membership-probe",
            "atomix-membership-probe-request",
            "atomix-membership-gossip",
            "tocsin-peers");

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
    void aNodeWithAnotherLabelIsRefused() {
        TestNode a = add(new TestNode(TestNode.Setup.PLAIN.labelled("blue"), "a"));
        TestNode b = add(new TestNode(TestNode.Setup.PLAIN.labelled("green"), "b", a.address()));
        b.events.awaitTimes(3, "unanswered " + a.address());
        assertThat(a.peers()).isEmpty();
        assertThat(b.peers()).containsExactly(a.address());
        assertThat(a.count("tocsin_cluster_handshake_failures_total", "in", "label"))
                .isPositive();
        assertThat(b.count("tocsin_cluster_handshake_failures_total", "out", "label"))
                .isPositive();
    }

    @Test
    void nodesWithTheSameLabelTalk() {
        TestNode a = add(new TestNode(TestNode.Setup.PLAIN.labelled("blue"), "a"));
        TestNode b = add(new TestNode(TestNode.Setup.PLAIN.labelled("blue"), "b", a.address()));
        b.events.await("connected a");
    }

    @Test
    void aSecondNodeOfTheSameNameIsRefused() {
        TestNode a = add(new TestNode("a"));
        TestNode first = add(new TestNode("twin", a.address()));
        first.events.await("connected a");
        a.events.await("connected twin");
        int mark = a.events.mark();
        TestNode second = add(new TestNode("twin", a.address()));
        second.events.awaitTimes(3, "unanswered " + a.address());
        assertThat(second.count("tocsin_cluster_handshake_failures_total", "out", "name"))
                .isPositive();
        assertThat(a.count("alertmanager_cluster_peer_name_conflicts_total")).isPositive();
        assertThat(first.ping("a", 1)).isTrue();
        a.events.await("received twin 1");
        assertThat(a.events.all().subList(mark, a.events.mark())).containsOnly("received twin 1");
    }

    @Test
    void aNodeDoesNotTakeItselfForAPeer() throws IOException {
        String address;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "127.0.0.1:" + free.getLocalPort();
        }
        TestNode a = add(new TestNode(TestNode.Setup.PLAIN.listening(address), "a", address));
        TestNode b = add(new TestNode("b", a.address()));
        b.events.await("connected a");
        a.events.await("connected b");
        assertThat(a.peers()).containsExactly("b");
        assertThat(a.events.all()).noneMatch(event -> event.contains(address));
    }

    @Test
    void anHttpRequestIsTurnedAway() throws IOException {
        TestNode a = add(new TestNode("a"));
        assertThat(answerTo(a, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertStillWelcomes(a, "foreign");
    }

    @Test
    void randomBytesAreTurnedAway() throws IOException {
        TestNode a = add(new TestNode("a"));
        Random random = new Random(42);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[1 + random.nextInt(2000)];
            random.nextBytes(noise);
            noise[0] = (byte) (noise[0] | 1); // a length beyond all bounds
            answerTo(a, noise);
        }
        assertStillWelcomes(a, "foreign");
    }

    @Test
    void malformedGreetingsAreTurnedAway() throws IOException {
        TestNode a = add(new TestNode("a"));
        Random random = new Random(7);
        for (int kind = 0; kind < 32; kind++) {
            byte[] body = new byte[random.nextInt(64)];
            random.nextBytes(body);
            answerTo(a, frame(kind, body));
        }
        assertStillWelcomes(a, "foreign");
    }

    @Test
    void nothingIsReadBeforeTheProof() throws IOException {
        TestNode a = add(new TestNode("a"));
        byte[] gossip = frame(17, "\u0018atomix-membership-gossip-and-more".getBytes(StandardCharsets.UTF_8));
        assertThat(answerTo(a, gossip)).isEmpty();
        assertStillWelcomes(a, "foreign");
    }

    @Test
    void aLongGreetingIsNotWaitedFor() throws IOException {
        TestNode a = add(new TestNode("a"));
        byte[] huge = {0x00, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1};
        assertThat(answerTo(a, huge)).isEmpty();
        assertStillWelcomes(a, "foreign");
    }

    @Test
    void aGreetingThatIsCutShortIsNotWaitedForLong() throws IOException {
        TestNode a = add(new TestNode("a"));
        assertThat(answerTo(a, new byte[] {0, 0, 0, 100, 1, 'T'})).isEmpty();
        assertStillWelcomes(a, "timeout");
    }

    @Test
    void aSilentVisitorIsNotWaitedForLong() throws IOException {
        TestNode a = add(new TestNode("a"));
        assertThat(answerTo(a, new byte[0])).isEmpty();
        assertStillWelcomes(a, "timeout");
    }

    @Test
    void aLaterVersionThatAlsoSpeaksThisOneIsAnsweredInThisOne() throws IOException {
        TestNode a = add(new TestNode("a"));
        byte[] answer = answerTo(a, hello(1, 200), 5 + 1 + 16);
        assertThat(answer[4]).as("challenge").isEqualTo((byte) 2);
        assertThat(answer[5]).as("version").isEqualTo((byte) 1);
    }

    @Test
    void aVersionThatDoesNotSpeakThisOneIsToldSo() throws IOException {
        TestNode a = add(new TestNode("a"));
        assertThat(answerTo(a, hello(2, 200))).containsExactly(0, 0, 0, 2, 5, 1);
        assertThat(answerTo(a, hello(0, 0))).containsExactly(0, 0, 0, 2, 5, 1);
        assertStillWelcomes(a, "version");
    }

    @Test
    void anOversizedFrameOfAPeerEndsItsConnection() throws IOException {
        TestNode a = add(new TestNode("a"));
        try (Insider peer = new Insider(a.address(), "x")) {
            peer.begin((1 << 20) + 1, (byte) 16, (byte) 0);
            peer.awaitClosed();
        }
        assertThat(a.count("tocsin_cluster_frames_refused_total")).isEqualTo(1);
    }

    @Test
    void aFrameThatIsTooShortForItsKindEndsTheConnection() throws IOException {
        TestNode a = add(new TestNode("a"));
        try (Insider peer = new Insider(a.address(), "x")) {
            peer.begin(2, (byte) 20, (byte) 0); // a ping without a number
            peer.awaitClosed();
        }
        assertThat(a.count("tocsin_cluster_frames_refused_total")).isEqualTo(1);
    }

    @Test
    void aFrameThatIsCutShortIsNotWaitedForLong() throws IOException {
        TestNode a = add(new TestNode("a"));
        try (Insider peer = new Insider(a.address(), "x")) {
            peer.begin(1000, (byte) 16, (byte) 6);
            peer.awaitClosed();
        }
        assertThat(a.count("tocsin_cluster_connections_lost_total", "silent")).isEqualTo(1);
    }

    @Test
    void messagesThatCannotBeReadAreCountedAndPassedOver() throws IOException {
        TestNode a = add(new TestNode("a"));
        try (Insider peer = new Insider(a.address(), "x")) {
            peer.tell("tocsin", new byte[] {(byte) 0xff, 1, 2});
            peer.tell("tocsin", new byte[] {(byte) 0xfa, 0x7f, 0}); // field 2047, of a later version
            peer.tell("nobody", new byte[] {1});
            peer.tell(
                    "tocsin",
                    Bundle.newBuilder()
                            .addMessages(TestNode.envelope(5))
                            .build()
                            .toByteArray());
            a.events.await("received x 5");
        }
        assertThat(a.count("tocsin_cluster_messages_malformed_total")).isEqualTo(1);
        assertThat(a.count("tocsin_cluster_messages_unknown_total")).isEqualTo(1);
        assertThat(a.count("tocsin_cluster_frames_refused_total")).isZero();
    }

    @Test
    void gossipThatIsNoneDoesNoHarm() throws IOException {
        TestNode a = add(new TestNode("a"));
        Random random = new Random(11);
        try (Insider peer = new Insider(a.address(), "x")) {
            for (int i = 0; i < 5_000; i++) {
                byte[] noise = new byte[random.nextInt(40)];
                random.nextBytes(noise);
                if (noise.length > 8 && i % 2 == 0) { // an array of nearly 2 Gi elements
                    noise[1] = noise[2] = noise[3] = noise[4] = -1;
                    noise[5] = 7;
                }
                if (noise.length > 0) {
                    noise[0] = (byte) random.nextInt(40); // often a kind of object that is known
                }
                String subject = SWIM.get(random.nextInt(SWIM.size()));
                if (random.nextBoolean()) {
                    peer.gossip(subject, noise);
                } else {
                    peer.tell(subject, noise);
                }
            }
            peer.awaitRead();
        }
        assertThat(a.count("tocsin_cluster_messages_malformed_total")).isGreaterThan(1_000);
        TestNode b = add(new TestNode("b", a.address()));
        b.events.await("connected a");
        a.events.await("connected b");
        TestNode c = add(new TestNode("c", b.address()));
        c.events.await("connected a");
    }

    @Test
    void aPeerThatAcceptsAndNeverAnswersTimesOut() throws IOException {
        try (ServerSocket stopped = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + stopped.getLocalPort();
            TestNode a = add(new TestNode("a", address));
            a.events.await("unanswered " + address);
            assertThat(a.events.all()).doesNotContain("refused " + address);
            assertThat(a.count("tocsin_cluster_handshake_failures_total", "out", "timeout"))
                    .isPositive();
            assertThat(a.peers()).containsExactly(address);
        }
    }

    @Test
    void anUnresolvablePeerCountsAndDoesNoHarm() {
        TestNode a = add(new TestNode("a"));
        TestNode b = add(new TestNode(
                TestNode.Setup.PLAIN.resolving(peer -> {
                    if (peer.startsWith("nowhere")) {
                        throw new IOException("lookup " + peer + ": no such host");
                    }
                    HostAndPort at = HostAndPort.parse(peer);
                    return Set.of(new InetSocketAddress(InetAddress.ofLiteral(at.host()), at.port()));
                }),
                "b",
                "nowhere.example.org:9094",
                a.address()));
        b.events.await("connected a");
        assertThat(b.peers()).containsExactly("a", "nowhere.example.org:9094");
        assertThat(b.count("alertmanager_cluster_refresh_join_failed_total")).isPositive();
    }

    private static byte[] hello(int oldest, int newest) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(HELLO);
        body.write(oldest);
        body.write(newest);
        body.write(new byte[16]);
        return frame(1, body.toByteArray());
    }

    private static byte[] frame(int kind, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(1 + body.length);
        out.writeByte(kind);
        out.write(body);
        return bytes.toByteArray();
    }

    /** What comes until the node closes the connection. */
    private static byte[] answerTo(TestNode node, byte[] request) throws IOException {
        return answerTo(node, request, Integer.MAX_VALUE);
    }

    private static byte[] answerTo(TestNode node, byte[] request, int atMost) throws IOException {
        HostAndPort at = HostAndPort.parse(node.address());
        try (Socket socket = new Socket(at.host(), at.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            return in.readNBytes(atMost);
        } catch (SocketException reset) {
            return new byte[0]; // closed with bytes unread
        }
    }

    private void assertStillWelcomes(TestNode a, String reason) {
        assertThat(a.count("tocsin_cluster_handshake_failures_total", "in", reason))
                .isPositive();
        TestNode b = add(new TestNode("b", a.address()));
        b.events.await("connected a");
        a.events.await("connected b");
        assertThat(a.peers()).containsExactly("b");
    }
}
