package dev.tocsin.cluster.protocol.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.protocol.MemoryNetwork;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Nodes in one thread on virtual time that tell each other what they have. */
abstract class SyncRig {
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration INSTANT = Duration.ofMillis(10);

    final VirtualTime time = new VirtualTime();
    final MemoryNetwork network = new MemoryNetwork(time, new Random(1));

    /** A node that has not started. */
    SyncNode node(String name) {
        return new SyncNode(time, network, name, Duration.ZERO);
    }

    /** Nodes that have met and are warm. */
    List<SyncNode> cluster(String... names) {
        List<SyncNode> nodes = new ArrayList<>();
        for (String name : names) {
            nodes.add(node(name));
        }
        nodes.forEach(SyncNode::start);
        time.advance(SECOND.multipliedBy(4));
        assertThat(nodes).allMatch(node -> node.members.warm());
        return nodes;
    }
}
