package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.bench.AlertTraffic;
import dev.tocsin.it.bench.ProcessFigures;
import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Pause;
import dev.tocsin.it.support.Sink;
import dev.tocsin.it.support.Sink.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What three nodes cost beside one. It prints figures and asserts none of them: the machine is shared. */
@Tag("bench")
class ClusterBench {
    private static final int ALERTS = 50_000;
    private static final int SILENCES = 10_000;
    private static final int SAMPLES = 300;
    private static final int GROUPS = 2000;
    private static final int ROUNDS = 5;
    private static final int FIRST_STEADY = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private HubCluster three(String config) {
        return three(config, folder);
    }

    private static HubCluster three(String config, Path folder) {
        HubCluster cluster = new HubCluster(Flavor.TOCSIN, new Place.Loopback(), folder, config, 3, node -> Map.of());
        try {
            cluster.startAll();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    @Test
    void fromPostToSink() {
        long one;
        try (Sink sink = new Sink();
                Node node = Node.tocsin(
                        folder.resolve("alone"),
                        Configs.webhook(sink, "0s", "5s", "4h"),
                        "--cluster.listen-address=")) {
            one = median("one node", sink, i -> node.api());
        }
        try (Sink sink = new Sink();
                HubCluster cluster = three(Configs.webhook(sink, "0s", "5s", "4h"))) {
            long three = median("three nodes", sink, i -> cluster.api(i % 3));
            System.out.printf("POST to sink: three nodes add %.1f ms (p50)%n", (three - one) / 1e3);
        }
    }

    /** Microseconds from before the POST until the notification is there, half of the samples below. */
    private static long median(String what, Sink sink, IntFunction<Api> target) {
        List<Long> micros = new ArrayList<>();
        for (int i = 0; i < 2 * SAMPLES; i++) {
            Instant begun = Instant.now();
            target.apply(i).postAlerts("[{\"labels\":{\"alertname\":\"Outage\",\"instance\":\"i" + i + "\"}}]");
            Received last = sink.await(i + 1, Duration.ofSeconds(20)).getLast();
            if (i >= SAMPLES) { // the first half warms up
                micros.add(Duration.between(begun, last.at()).toNanos() / 1000);
            }
            Pause.millis(10);
        }
        micros.sort(null);
        System.out.printf(
                "POST to sink, %s: p50 %.1f ms, p90 %.1f ms, of %d%n",
                what, micros.get(SAMPLES / 2) / 1e3, micros.get(SAMPLES * 9 / 10) / 1e3, SAMPLES);
        return micros.get(SAMPLES / 2);
    }

    /**
     * What 2,000 groups at once cost, in {@value #ROUNDS} rounds of new alerts; those of earlier rounds go on, are re-sent
     * and become due again. The first rounds find a JVM that still compiles, so the median of the later ones is the steady
     * figure.
     */
    @Test
    void processorTimePerNotification() {
        double one;
        try (Sink sink = new Sink();
                Node node = Node.tocsin(folder.resolve("alone"), burstConfig(sink), "--cluster.listen-address=")) {
            one = rounds("one node", sink, List.of(node), () -> List.of(node.api()));
        }
        double toAll;
        try (Sink sink = new Sink();
                HubCluster cluster = three(burstConfig(sink), folder.resolve("all"))) {
            List<Node> nodes = nodes(cluster);
            List<Api> targets = nodes.stream().map(Node::api).toList();
            toAll = rounds("three nodes, each batch to all", sink, nodes, () -> targets);
        }
        double toAny;
        try (Sink sink = new Sink();
                HubCluster cluster = three(burstConfig(sink), folder.resolve("one"))) {
            List<Node> nodes = nodes(cluster);
            AtomicInteger next = new AtomicInteger();
            toAny = rounds(
                    "three nodes, each batch to one of them",
                    sink,
                    nodes,
                    () -> List.of(
                            nodes.get(Math.floorMod(next.getAndIncrement(), 3)).api()));
        }
        System.out.printf(
                "processor time per notification, rounds %d to %d: three nodes take %.2f times that of one if each batch goes"
                        + " to all, %.2f times if each goes to one of them%n",
                FIRST_STEADY + 1, ROUNDS, toAll / one, toAny / one);
    }

    private static String burstConfig(Sink sink) {
        return Configs.webhook(sink, "1s", "5s", "4h");
    }

    private static List<Node> nodes(HubCluster cluster) {
        return IntStream.range(0, 3).mapToObj(cluster::node).toList();
    }

    /**
     * Milliseconds of all nodes for each notification, half of the steady rounds below; a pair of senders posts.
     *
     * @param targets where a batch goes
     */
    private static double rounds(String what, Sink sink, List<Node> nodes, Supplier<List<Api>> targets) {
        List<Double> steady = new ArrayList<>();
        List<Map<String, Double>> threads = new ArrayList<>();
        try (PrometheusPair senders = new PrometheusPair(targets)) {
            for (int round = 0; round < ROUNDS; round++) {
                Instant begun = Instant.now();
                double before = cpuMillis(nodes);
                Map<String, Double> threadsBefore = threadMillis(nodes);
                senders.fire("round" + round + "-", 0, GROUPS);
                int repeats = awaitGroups(sink, (round + 1) * GROUPS);
                Pause.millis(2000);
                double spent = (cpuMillis(nodes) - before) / GROUPS;
                System.out.printf(
                        "%,d groups at once, %s, round %d: %.2f ms of processor time each, %.1f s, %d repeats so far%n",
                        GROUPS,
                        what,
                        round + 1,
                        spent,
                        Duration.between(begun, Instant.now()).toMillis() / 1e3,
                        repeats);
                if (round >= FIRST_STEADY) {
                    steady.add(spent);
                    threads.add(since(threadsBefore, threadMillis(nodes)));
                }
            }
            quiet(what + ", senders re-send", nodes);
        }
        quiet(what + ", nobody sends", nodes);
        double median = middle(steady);
        System.out.printf("%,d groups at once, %s, steady: %.2f ms each%n", GROUPS, what, median);
        printThreads(threads);
        return median;
    }

    /** What groups cost that are due again and again, and alerts that are sent again, without anything new. */
    private static void quiet(String what, List<Node> nodes) {
        double before = cpuMillis(nodes);
        Pause.millis(10_000);
        System.out.printf(
                "%,d groups without news, %s: %.2f s of processor time in 10 s%n",
                ROUNDS * GROUPS, what, (cpuMillis(nodes) - before) / 1000);
    }

    /**
     * Waits until the sink was told of so many groups, for a starved cluster repeats some; returns how many notifications
     * more than that it got.
     */
    private static int awaitGroups(Sink sink, int groups) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            List<Received> received = sink.await(groups, PATIENCE);
            Set<String> told = received.stream().map(Received::groupKey).collect(Collectors.toSet());
            if (told.size() >= groups) {
                return received.size() - told.size();
            }
            assertThat(Instant.now())
                    .as("only %d groups were told", told.size())
                    .isBefore(deadline);
            Pause.millis(100);
        }
    }

    private static double middle(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static Map<String, Double> threadMillis(List<Node> nodes) {
        Map<String, Double> all = new TreeMap<>();
        nodes.forEach(node -> ProcessFigures.threadMillis(node.process().pid())
                .forEach((name, millis) -> all.merge(name, millis, Double::sum)));
        return all;
    }

    private static Map<String, Double> since(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> spent = new TreeMap<>();
        after.forEach((name, millis) -> spent.put(name, (millis - before.getOrDefault(name, 0.0)) / GROUPS));
        return spent;
    }

    /** The threads that took part, for each the median of the rounds. */
    private static void printThreads(List<Map<String, Double>> rounds) {
        Set<String> names = new TreeSet<>();
        rounds.forEach(round -> names.addAll(round.keySet()));
        for (String name : names) {
            double millis = middle(
                    rounds.stream().map(round -> round.getOrDefault(name, 0.0)).toList());
            if (millis >= 0.005) {
                System.out.printf("    %-16s %.3f ms each%n", name, millis);
            }
        }
    }

    private static double cpuMillis(List<Node> nodes) {
        return nodes.stream()
                .mapToDouble(node -> ProcessFigures.cpuMillis(node.process().pid()))
                .sum();
    }

    @Test
    void idleAndJoin() {
        try (HubCluster cluster = three(Configs.SILENT)) {
            new AlertTraffic(cluster.api(0).base()).post(ALERTS);
            silence(cluster);
            for (int node = 0; node < 3; node++) {
                cluster.api(node).awaitMetric("tocsin_alerts_stored", ALERTS, PATIENCE);
            }
            Pause.millis(45_000); // and the group wait of thirty seconds
            double before = ProcessFigures.cpuMillis(cluster.node(1).process().pid());
            Pause.millis(60_000);
            double spent = ProcessFigures.cpuMillis(cluster.node(1).process().pid()) - before;
            System.out.printf("idle with %,d replicated alerts: %.2f %% of a processor%n", ALERTS, spent / 600);

            cluster.kill(2);
            wipe(folder.resolve("n2").resolve("data"));
            Instant begun = Instant.now();
            cluster.start(2);
            Instant ready = Instant.now();
            System.out.printf(
                    "join with %,d alerts and %,d silences: ready %d ms after the start of the process, %d ms after the"
                            + " first connection%n",
                    ALERTS,
                    SILENCES,
                    Duration.between(begun, ready).toMillis(),
                    Duration.between(
                                    first(cluster.node(2), "Connected to peer"), first(cluster.node(2), "Node is warm"))
                            .toMillis());
            assertThat(cluster.api(2).json("/api/v2/silences")).hasSize(SILENCES);
            cluster.api(2).awaitMetric("tocsin_alerts_stored", ALERTS, PATIENCE);
        }
    }

    private static void silence(HubCluster cluster) {
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < SILENCES; i++) {
                int number = i;
                threads.execute(() -> cluster.api(number % 3).silence("instance", "other" + number));
            }
        }
    }

    private static Instant first(Node node, String text) {
        String line = node.process().awaitLine(each -> each.contains("\"" + text + "\""), PATIENCE);
        int from = line.indexOf("time=") + 5;
        return Instant.parse(line.substring(from, line.indexOf(' ', from)));
    }

    private static void wipe(Path data) {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
