package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.bench.ProcessFigures;
import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Pause;
import dev.tocsin.it.support.Sink;
import dev.tocsin.it.support.Sink.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The processor time that a notification costs on one node and on three, beside the real Alertmanager. A pair of senders
 * posts. It prints figures and asserts none of them: the machine is shared.
 */
@Tag("bench")
class NotificationCostBench {
    private static final int GROUPS = 2000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    /** Where a batch of the pair goes. */
    private enum Way {
        ALONE("one node"),
        ONE_OF_THREE("three nodes, each batch to one of them"),
        ALL_THREE("three nodes, each batch to all");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        HubCluster start(Flavor flavor, Path folder, Sink sink) {
            int size = this == ALONE ? 1 : 3;
            List<String> flags = new ArrayList<>();
            if (flavor == Flavor.ALERTMANAGER) {
                flags.add("--cluster.settle-timeout=5s");
            }
            flags.add("--cluster.peer-timeout=2s");
            HubCluster cluster = new HubCluster(
                    flavor,
                    new Place.Loopback(),
                    folder.resolve(flavor + "-" + this),
                    Configs.webhook(sink, "1s", "5s", "4h"),
                    size,
                    node -> Map.of(),
                    flags.toArray(String[]::new));
            try {
                cluster.startAll();
                return cluster;
            } catch (RuntimeException | Error e) {
                cluster.close();
                throw e;
            }
        }

        Supplier<List<Api>> targets(HubCluster cluster) {
            List<Api> all =
                    IntStream.range(0, cluster.size()).mapToObj(cluster::api).toList();
            AtomicInteger next = new AtomicInteger();
            return this == ONE_OF_THREE
                    ? () -> List.of(all.get(Math.floorMod(next.getAndIncrement(), all.size())))
                    : () -> all;
        }
    }

    /** What was measured in one round: milliseconds of all nodes for each notification, also by threads. */
    private record Round(double millis, Map<String, Double> threads) {}

    /** 2,000 groups fire at once, resolve and end, again and again. {@code -Dcost.of=TOCSIN-.*} measures less. */
    @Test
    void groupsThatEnd() {
        Map<Flavor, Map<Way, Double>> all = new TreeMap<>();
        for (Flavor flavor : Flavor.values()) {
            for (Way way : Way.values()) {
                if ((flavor + "-" + way).matches(System.getProperty("cost.of", ".*"))) {
                    all.computeIfAbsent(flavor, each -> new TreeMap<>()).put(way, firingAndResolved(flavor, way));
                }
            }
        }
        all.forEach((flavor, ways) -> ways.forEach((way, millis) -> System.out.printf(
                "%s, %s: %.2f ms of processor time for each notification, %.2f times that of one node%n",
                flavor, way.words, millis, millis / ways.getOrDefault(Way.ALONE, Double.NaN))));
    }

    private double firingAndResolved(Flavor flavor, Way way) {
        int rounds = 8;
        int firstSteady = 3;
        List<Round> steady = new ArrayList<>();
        try (Sink sink = new Sink();
                HubCluster cluster = way.start(flavor, folder, sink)) {
            List<Node> nodes = nodes(cluster);
            for (int number = 0; number < rounds; number++) {
                Meter meter = new Meter(nodes);
                int repeats;
                try (PrometheusPair senders = new PrometheusPair(way.targets(cluster))) {
                    String prefix = "round" + number + "-";
                    senders.fire(prefix, 0, GROUPS);
                    awaitTold(sink, (2 * number + 1) * GROUPS);
                    Pause.millis(1000);
                    senders.resolve(prefix, 0, GROUPS);
                    repeats = awaitTold(sink, (2 * number + 2) * GROUPS);
                    Pause.millis(1000);
                }
                Round round = meter.read(2 * GROUPS);
                print(flavor + ", " + way.words, number, round, repeats);
                if (number >= firstSteady) {
                    steady.add(round);
                }
            }
        }
        return printSteady(flavor + ", " + way.words, steady);
    }

    /** Groups of earlier rounds go on, are re-sent and become due again: in the last round they are four of five. */
    @Test
    void groupsThatStay() {
        Map<Way, Double> all = new TreeMap<>();
        for (Way way : Way.values()) {
            all.put(way, firing(way));
        }
        all.forEach((way, millis) -> System.out.printf(
                "groups that stay, %s: %.2f ms of processor time for each notification, %.2f times that of one node%n",
                way.words, millis, millis / all.getOrDefault(Way.ALONE, Double.NaN)));
    }

    private double firing(Way way) {
        int rounds = 5;
        int firstSteady = 2;
        List<Round> steady = new ArrayList<>();
        try (Sink sink = new Sink();
                HubCluster cluster = way.start(Flavor.TOCSIN, folder, sink)) {
            List<Node> nodes = nodes(cluster);
            try (PrometheusPair senders = new PrometheusPair(way.targets(cluster))) {
                for (int number = 0; number < rounds; number++) {
                    Meter meter = new Meter(nodes);
                    senders.fire("round" + number + "-", 0, GROUPS);
                    int repeats = awaitTold(sink, (number + 1) * GROUPS);
                    Pause.millis(2000);
                    Round round = meter.read(GROUPS);
                    print("groups that stay, " + way.words, number, round, repeats);
                    if (number >= firstSteady) {
                        steady.add(round);
                    }
                }
                quiet(way.words + ", senders re-send", nodes, rounds * GROUPS);
            }
            quiet(way.words + ", nobody sends", nodes, rounds * GROUPS);
        }
        return printSteady("groups that stay, " + way.words, steady);
    }

    /** What groups cost that are due again and again, and alerts that are sent again, without anything new. */
    private static void quiet(String what, List<Node> nodes, int groups) {
        Meter meter = new Meter(nodes);
        Pause.millis(10_000);
        System.out.printf(
                "%,d groups without news, %s: %.2f s of processor time in 10 s%n",
                groups, what, meter.read(1).millis() / 1000);
    }

    /**
     * Waits until the sink was told so many different things, for a starved cluster repeats some; returns how many
     * notifications more than that it got.
     */
    private static int awaitTold(Sink sink, int changes) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            List<Received> received = sink.await(changes, PATIENCE);
            Set<String> told = received.stream()
                    .map(each -> each.status() + each.groupKey())
                    .collect(Collectors.toSet());
            if (told.size() >= changes) {
                return received.size() - told.size();
            }
            assertThat(Instant.now())
                    .as("only %d of %d changes were told", told.size(), changes)
                    .isBefore(deadline);
            Pause.millis(100);
        }
    }

    private static List<Node> nodes(HubCluster cluster) {
        return IntStream.range(0, cluster.size()).mapToObj(cluster::node).toList();
    }

    private static void print(String what, int number, Round round, int repeats) {
        System.out.printf(
                "%s, round %d: %.2f ms of processor time for each notification, %d repeats so far%n",
                what, number + 1, round.millis(), repeats);
    }

    /** Half of the rounds are below what it returns. */
    private static double printSteady(String what, List<Round> rounds) {
        double median = rounds.stream()
                .map(Round::millis)
                .sorted(Comparator.naturalOrder())
                .toList()
                .get(rounds.size() / 2);
        System.out.printf("%s, steady: %.2f ms for each notification%n", what, median);
        Set<String> names = new TreeSet<>();
        rounds.forEach(round -> names.addAll(round.threads().keySet()));
        for (String name : names) {
            double millis = rounds.stream()
                    .map(round -> round.threads().getOrDefault(name, 0.0))
                    .sorted()
                    .toList()
                    .get(rounds.size() / 2);
            if (millis >= 0.005) {
                System.out.printf("    %-16s %.3f ms each%n", name, millis);
            }
        }
        return median;
    }

    /** The processor time of some processes since it was made. One thread. */
    private static final class Meter {
        private final List<Node> nodes;
        private final double before;
        private final Map<String, Double> threadsBefore;

        Meter(List<Node> nodes) {
            this.nodes = nodes;
            this.before = cpuMillis();
            this.threadsBefore = threadMillis();
        }

        Round read(int parts) {
            Map<String, Double> spent = new TreeMap<>();
            threadMillis()
                    .forEach((name, millis) ->
                            spent.put(name, (millis - threadsBefore.getOrDefault(name, 0.0)) / parts));
            return new Round((cpuMillis() - before) / parts, spent);
        }

        private double cpuMillis() {
            return nodes.stream()
                    .mapToDouble(node -> ProcessFigures.cpuMillis(node.process().pid()))
                    .sum();
        }

        private Map<String, Double> threadMillis() {
            Map<String, Double> all = new TreeMap<>();
            nodes.forEach(node -> ProcessFigures.threadMillis(node.process().pid())
                    .forEach((name, millis) -> all.merge(name, millis, Double::sum)));
            return all;
        }
    }
}
