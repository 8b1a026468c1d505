package dev.tocsin.cluster.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.tocsin.cluster.proto.Envelope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole nodes on 127.0.0.1. */
class AtomixTransportTest {
    private final List<TestNode> nodes = new ArrayList<>();

    private TestNode node(String name, String... peers) {
        return add(new TestNode(name, peers));
    }

    private TestNode add(TestNode node) {
        nodes.add(node);
        return node;
    }

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
    }

    @Test
    void threeNodesFindEachOtherThroughOneSeed() {
        TestNode a = node("a");
        TestNode b = node("b", a.address());
        TestNode c = node("c", a.address());
        a.events.await("connected b");
        a.events.await("connected c");
        b.events.await("connected a");
        b.events.await("connected c");
        c.events.await("connected a");
        c.events.await("connected b");
        assertThat(a.peers()).containsExactly("b", "c");
        assertThat(b.peers()).containsExactly("a", "c");
        assertThat(c.peers()).containsExactly("a", "b");
    }

    @Test
    void messagesOfOnePeerArriveInOrder() {
        TestNode a = node("a");
        TestNode b = node("b", a.address());
        b.events.await("connected a");
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 5000; i++) {
            assertThat(b.ping("a", i)).isTrue();
            expected.add("received b " + i);
        }
        a.events.await("received b 5000");
        List<String> received = new ArrayList<>(a.events.all());
        received.removeIf(event -> !event.startsWith("received"));
        assertThat(received).isEqualTo(expected);
        assertThat(a.count("alertmanager_cluster_messages_received_total", "update"))
                .isEqualTo(5000);
    }

    @Test
    void aMessageOfALaterVersionIsHandedOverAndTheNextOneToo() {
        TestNode a = node("a");
        TestNode b = node("b", a.address());
        b.events.await("connected a");
        Envelope unknown = Envelope.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                1000,
                                UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                        .build())
                .build();
        assertThat(b.send("a", unknown)).isTrue();
        assertThat(b.ping("a", 8)).isTrue();
        a.events.await("received b 8");
        assertThat(a.events.all())
                .filteredOn(event -> event.startsWith("received"))
                .containsExactly("received b 0", "received b 8"); // the protocol counts what it does not know
    }

    @Test
    void aLongMessageArrivesWhole() {
        TestNode a = node("a");
        TestNode b = node("b", a.address());
        b.events.await("connected a");
        Envelope message = Envelope.newBuilder(TestNode.envelope(9))
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                1000,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFrom(new byte[900_000]))
                                        .build())
                        .build())
                .build();
        assertThat(b.send("a", message)).isTrue();
        a.events.await("received b 9");
        assertThat(a.count("alertmanager_cluster_messages_received_size_total", "update"))
                .isGreaterThan(900_000);
    }

    @Test
    void sevenNodesThatStartTogetherFindEachOther() {
        TestNode first = node("n1");
        for (int i = 2; i <= 7; i++) {
            node("n" + i, first.address());
        }
        for (TestNode each : nodes) {
            for (TestNode other : nodes) {
                if (each != other) {
                    each.events.await("connected " + other.name);
                }
            }
        }
    }
}
