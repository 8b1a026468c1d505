package dev.tocsin.cluster.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.atomix.tls.ClusterTls;
import dev.tocsin.core.tls.TestAuthority;
import dev.tocsin.core.tls.TlsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that show each other certificates. */
class SecuredTransportTest {
    private final List<TestNode> nodes = new ArrayList<>();
    private final TestAuthority ours = new TestAuthority("ours");
    private final TestAuthority theirs = new TestAuthority("theirs");

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
    }

    private TestNode node(TestAuthority authority, String name, String... peers) throws TlsException {
        ClusterTls tls = new ClusterTls(authority.writeFolder(folder.resolve(name), "127.0.0.1"), Map.of());
        return add(new TestNode(TestNode.Setup.PLAIN.secured(tls), name, peers));
    }

    private TestNode add(TestNode node) {
        nodes.add(node);
        return node;
    }

    @Test
    void nodesWithCertificatesOfOneAuthorityTalk() throws TlsException {
        TestNode a = node(ours, "a");
        TestNode b = node(ours, "b", a.address());
        TestNode c = node(ours, "c", a.address());
        c.events.await("connected b");
        b.events.await("connected a");
        b.events.await("connected c");
        assertThat(b.ping("a", 7)).isTrue();
        a.events.await("received b 7");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws TlsException {
        TestNode a = node(ours, "a");
        TestNode b = node(theirs, "b", a.address());
        b.events.awaitTimes(3, "unanswered " + a.address());
        assertThat(b.ping("a", 1)).isFalse();
        assertThat(b.count("tocsin_cluster_handshake_failures_total", "out", "tls"))
                .isPositive();
        assertThat(a.peers()).isEmpty();
    }

    @Test
    void aNodeWithoutTlsIsRefused() throws TlsException {
        TestNode a = node(ours, "a");
        TestNode b = add(new TestNode("b", a.address()));
        b.events.awaitTimes(3, "unanswered " + a.address());
        assertThat(a.peers()).isEmpty();
        assertThat(a.count("tocsin_cluster_handshake_failures_total", "in", "tls"))
                .isPositive();
    }

    @Test
    void aNodeWithTlsDoesNotTalkToOneWithout() throws TlsException {
        TestNode a = add(new TestNode("a"));
        TestNode b = node(ours, "b", a.address());
        b.events.awaitTimes(3, "unanswered " + a.address());
        assertThat(a.peers()).isEmpty();
        assertThat(a.count("tocsin_cluster_handshake_failures_total", "in", "foreign"))
                .isPositive();
    }

    @Test
    void renewedCertificatesAreUsedWithoutARestart() throws TlsException {
        TestNode a = node(ours, "a");
        TestNode b = node(theirs, "b", a.address());
        b.events.awaitTimes(3, "unanswered " + a.address());
        ours.writeFolder(folder.resolve("b"), "127.0.0.1");
        b.events.await("connected a");
        a.events.await("connected b");
    }

    @Test
    void aBrokenRenewalLeavesWhatWorks() throws Exception {
        TestNode a = node(ours, "a");
        Files.writeString(folder.resolve("a").resolve("node.pem"), "broken");
        TestNode b = node(ours, "b", a.address());
        b.events.await("connected a");
        a.events.await("connected b");
    }
}
