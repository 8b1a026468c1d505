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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
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
