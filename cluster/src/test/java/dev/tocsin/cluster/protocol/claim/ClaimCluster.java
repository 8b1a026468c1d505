package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.cluster.protocol.MemoryNetwork;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.log.Entries;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Some {@link ClaimNode}s on one network, named a, b, c, ... */
final class ClaimCluster {
    final VirtualTime time = new VirtualTime();
    final MemoryNetwork network;
    /** What the receiver accepted: node, the end of the sequence, and the mark. */
    final List<String> sink = new ArrayList<>();

    private final Map<String, ClaimNode> nodes = new TreeMap<>();
    private final Set<Rule> suspended;
    private final Tie tie;

    /** Nodes that have met and outwaited their start. */
    ClaimCluster(int size, Tie tie, Rule... suspended) {
        this(size, tie, 1, suspended);
    }

    ClaimCluster(int size, Tie tie, long seed, Rule... suspended) {
        this.network = new MemoryNetwork(time, new Random(seed));
        this.suspended = Set.of(suspended);
        this.tie = tie;
        for (int i = 0; i < size; i++) {
            start(String.valueOf((char) ('a' + i)), 1, new MemoryStorage(time));
        }
        time.advance(Duration.ofSeconds(5));
    }

    private void start(String name, int incarnation, MemoryStorage storage) {
        ClaimNode node = new ClaimNode(time, network, name, incarnation, storage, suspended, tie, sink);
        nodes.put(name, node);
        node.start();
    }

    ClaimNode node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    /** Some node. */
    ClaimNode any(Random random) {
        return List.copyOf(nodes.values()).get(random.nextInt(nodes.size()));
    }

    /** The node that comes first, second, ... for the key, counted from 0. */
    ClaimNode ranked(int rank) {
        return node(nodes.values()
                .iterator()
                .next()
                .members
                .ranking(Entries.KEY.groupKey())
                .get(rank));
    }

    void kill(ClaimNode node) {
        node.kill(network);
    }

    /** The process starts again on what its disk holds. */
    ClaimNode restart(ClaimNode dead) {
        String name = dead.context.node();
        start(name, dead.context.incarnation() + 1, dead.storage.kill());
        return node(name);
    }

    void advance(long millis) {
        time.advance(Duration.ofMillis(millis));
    }
}
