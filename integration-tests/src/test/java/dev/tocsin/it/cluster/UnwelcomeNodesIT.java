package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.FreePorts;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who must not come in is told of in one line, however often it tries, and counted each time. */
class UnwelcomeNodesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TRIES = 20;
    private static final int CLOSE_MILLIS = 15_000;

    @TempDir
    private Path folder;

    private Node launch(String name, String... flags) {
        return Node.launchTocsin(List.of(), folder.resolve(name), Configs.SILENT, flags);
    }

    private static String failures(String direction, String reason) {
        return "tocsin_cluster_handshake_failures_total{direction=\"" + direction + "\",reason=\"" + reason + "\"}";
    }

    private static long lines(Node node, String text) {
        return node.process()
                .errors()
                .lines()
                .filter(line -> line.contains("\"" + text))
                .count();
    }

    private static void assertToldOnce(Node node, String text) {
        node.process().awaitLine(line -> line.contains("\"" + text), PATIENCE);
        assertThat(lines(node, text)).as(text).isEqualTo(1);
        assertThat(node.process().alive()).isTrue();
    }

    @Test
    void aNodeWithAnotherLabel() throws IOException {
        int port = FreePorts.one();
        try (Node blue = launch("blue", "--cluster.listen-address=127.0.0.1:" + port, "--cluster.label=blue");
                Node green = launch(
                        "green",
                        "--cluster.listen-address=127.0.0.1:0",
                        "--cluster.label=green",
                        "--cluster.peer=127.0.0.1:" + port)) {
            green.api().awaitMetric(failures("out", "label"), 3, PATIENCE);
            blue.api().awaitMetric(failures("in", "label"), 3, PATIENCE);
            assertToldOnce(blue, "Node has another cluster label");
            assertToldOnce(green, "Node has another cluster label");
        }
    }

    @Test
    void aSecondNodeOfTheSameName() throws IOException {
        int port = FreePorts.one();
        String peer = "--cluster.peer=127.0.0.1:" + port;
        try (Node a = launch("a", "--cluster.listen-address=127.0.0.1:" + port, "--cluster.peer-name=a");
                Node first =
                        launch("first", "--cluster.listen-address=127.0.0.1:0", "--cluster.peer-name=twin", peer)) {
            a.api().awaitMetric("alertmanager_cluster_members", 2, PATIENCE);
            try (Node second =
                    launch("second", "--cluster.listen-address=127.0.0.1:0", "--cluster.peer-name=twin", peer)) {
                second.api().awaitMetric(failures("out", "name"), 3, PATIENCE);
                a.api().awaitMetric("alertmanager_cluster_peer_name_conflicts_total", 3, PATIENCE);
                assertToldOnce(a, "Another node has the same name");
                assertToldOnce(second, "Another node has the same name");
                assertThat(lines(first, "Another node has the same name")).isZero();
                assertThat(lines(first, "Lost the connection to peer")).isZero();
            }
        }
    }

    @Test
    void aPeerThatCannotBeResolved() {
        try (Node node =
                launch("a", "--cluster.listen-address=127.0.0.1:0", "--cluster.peer=nowhere.tocsin.invalid:9094")) {
            node.api().awaitMetric("alertmanager_cluster_refresh_join_failed_total", 2, PATIENCE);
            assertToldOnce(node, "Peer cannot be resolved");
        }
    }

    @Test
    void whatIsNoNode() throws IOException {
        int port = FreePorts.one();
        try (Node node = launch("a", "--cluster.listen-address=0.0.0.0:" + port)) {
            Random random = new Random(1);
            byte[] noise = new byte[4000];
            for (int i = 0; i < TRIES; i++) {
                random.nextBytes(noise);
                noise[0] = (byte) (noise[0] | 1);
                send(port, "127.0.0.2", "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                send(port, "127.0.0.3", noise);
                send(port, "127.0.0.4", new byte[] {0x7f, -1, -1, -1, 1}); // two gibibytes
                send(port, "127.0.0.5", hello(9));
            }
            send(port, "127.0.0.6", new byte[] {0, 0, 0, 25, 1, 'T', 'O'}); // and then nothing
            node.api().awaitMetric(failures("in", "foreign"), 3 * TRIES, PATIENCE);
            node.api().awaitMetric(failures("in", "version"), TRIES, PATIENCE);
            node.api().awaitMetric(failures("in", "timeout"), 1, PATIENCE);
            Pause.millis(200);
            assertThat(lines(node, "Something that is no node talks to the cluster port"))
                    .as("one line for each of three hosts")
                    .isEqualTo(3);
            assertToldOnce(node, "Node speaks another version of the cluster protocol");
            assertToldOnce(node, "Node did not answer in time");
        }
    }

    /** A greeting of a node that speaks only this version of the protocol. */
    private static byte[] hello(int version) {
        byte[] hello = new byte[4 + 1 + 6 + 2 + 16];
        hello[3] = (byte) (hello.length - 4);
        hello[4] = 1;
        System.arraycopy("TOCSIN".getBytes(StandardCharsets.US_ASCII), 0, hello, 5, 6);
        hello[11] = (byte) version;
        hello[12] = (byte) version;
        return hello;
    }

    /** Sends {@code bytes} from an address of loopback and waits until the node closes the connection. */
    private static void send(int port, String from, byte[] bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(CLOSE_MILLIS);
            socket.getOutputStream().write(bytes);
            InputStream in = socket.getInputStream();
            in.readAllBytes();
        } catch (SocketException reset) {
            // closed with bytes unread
        }
    }
}
