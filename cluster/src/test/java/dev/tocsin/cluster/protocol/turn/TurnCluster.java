package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.cluster.protocol.MemoryNetwork;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.GroupId;
import dev.tocsin.core.group.TestAlert;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.label.AlertHash;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.VersionVector;
import dev.tocsin.core.route.RouteBuilder;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Three nodes that share the turns of one route: group wait 1 s, group interval 30 s; every alert reaches all of them at once. */
final class TurnCluster {
    static final GroupId ID = new GroupId("{}", "{}:{}");
    static final LogKey KEY = new LogKey("{}:{}", "r", "webhook", 0);
    final VirtualTime time = new VirtualTime();
    final MemoryNetwork network = new MemoryNetwork(time, new Random(1));
    final Map<Integer, List<Alert>> parcels = new HashMap<>();
    final List<TurnNode> nodes = new ArrayList<>();
    Instant start = time.now();

    static RouteTree routes(String... groupBy) {
        return new RouteBuilder()
                .receiver("r")
                .groupBy(groupBy)
                .wait(Duration.ofSeconds(1))
                .interval(Duration.ofSeconds(30))
                .tree();
    }

    void cluster(RouteTree routes, Rule... suspended) {
        for (String name : List.of("a", "b", "c")) {
            nodes.add(node(name, routes, suspended));
        }
        nodes.forEach(TurnNode::start);
        time.advance(Duration.ofSeconds(2));
        nodes.forEach(node -> node.members.configured("one"));
        time.advance(Duration.ofSeconds(1));
        start = time.now();
    }

    TurnNode node(String name, RouteTree routes, Rule... suspended) {
        return new TurnNode(time, network, name, routes, parcels, Set.of(suspended));
    }

    void at(double second) {
        time.advance(Duration.between(time.now(), start.plusMillis(Math.round(second * 1000))));
    }

    Alert fire(String name) {
        Alert alert = TestAlert.firing(time.now(), "a", name);
        nodes.forEach(node -> node.put(alert));
        return alert;
    }
    /** The nodes, best-ranked first. */
    List<TurnNode> ranked() {
        return nodes.getFirst().members.ranking(ID.groupKey()).stream()
                .map(name -> nodes.stream()
                        .filter(node -> node.context.node().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    static List<String> causes(TurnNode node) {
        return node.journal.stream()
                .filter(GroupEvent.TurnTaken.class::isInstance)
                .map(event -> ((GroupEvent.TurnTaken) event).cause())
                .toList();
    }

    LogEntry entry(Alert alert) {
        return new LogEntry(
                KEY,
                7,
                VersionVector.EMPTY.with(9, 1),
                AlertHashes.of(AlertHash.of(alert.labels())),
                AlertHashes.EMPTY,
                Map.of(),
                time.now(),
                time.now().plusSeconds(3600),
                9,
                false);
    }
}
