package dev.tocsin.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Pause;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CPU, memory and start of one node beside the real Alertmanager: the same traffic to both, in turns, in one run. It
 * prints a table and asserts no times.
 */
@Tag("bench")
class BesideAlertmanagerBench {
    private static final String CONFIG = """
            route:
              receiver: nobody
              group_by: [alertname, namespace]
              group_wait: 10m
            receivers:
              - name: nobody
            """;
    private static final int SOME = 20_000;
    private static final int MANY = 100_000;

    @TempDir
    private Path folder;

    private interface Starter {
        Node start(Path folder);
    }

    @Test
    void ingestionMemoryStartAndQueries() {
        Map<String, List<Double>> tocsin = new LinkedHashMap<>();
        Map<String, List<Double>> alertmanager = new LinkedHashMap<>();
        for (int round = 0; round < 3; round++) {
            measure(folder.resolve("t" + round), at -> Node.tocsin(at, CONFIG), tocsin);
            measure(folder.resolve("a" + round), at -> Node.alertmanager(at, CONFIG), alertmanager);
        }
        System.out.printf("%-46s %12s %14s %8s%n", "figure (median of 3)", "Tocsin", "Alertmanager", "ratio");
        tocsin.forEach((figure, values) -> {
            double mine = median(values);
            double theirs = median(alertmanager.getOrDefault(figure, List.of(Double.NaN)));
            System.out.printf("%-46s %12.1f %14.1f %8.2f%n", figure, mine, theirs, mine / theirs);
        });
        assertThat(tocsin.keySet()).isEqualTo(alertmanager.keySet());
    }

    private static void measure(Path folder, Starter starter, Map<String, List<Double>> into) {
        long begun = System.nanoTime();
        try (Node node = starter.start(folder)) {
            long pid = node.process().pid();
            add(into, "start to ready, wall ms", (System.nanoTime() - begun) / 1e6);
            add(into, "start to ready, CPU ms", ProcessFigures.cpuMillis(pid));
            Pause.millis(2000);
            add(into, "idle after start, RSS MiB", ProcessFigures.rssMib(pid));
            AlertTraffic traffic = new AlertTraffic(node.api().base());
            add(into, "20,000 new alerts, CPU ms per 1,000", cpu(pid, () -> traffic.post(SOME)) / (SOME / 1000.0));
            add(
                    into,
                    "100,000, of them 80,000 new, CPU ms per 1,000",
                    cpu(pid, () -> traffic.post(MANY)) / (MANY / 1000.0));
            add(into, "100,000 re-sent, CPU ms per 1,000", cpu(pid, () -> traffic.post(MANY)) / (MANY / 1000.0));
            add(into, "100,000 re-sent again, CPU ms per 1,000", cpu(pid, () -> traffic.post(MANY)) / (MANY / 1000.0));
            Pause.millis(2000);
            add(into, "RSS at 100,000 active, MiB", ProcessFigures.rssMib(pid));
            long before = System.nanoTime();
            double cpu = cpu(
                    pid,
                    () -> assertThat(traffic.get(
                                    "/api/v2/alerts?filter=severity%3D%22warning%22&filter=team%3D~%22team-.%22"))
                            .isGreaterThan(20_000_000L));
            add(into, "GET of 50,000 alerts, wall ms", (System.nanoTime() - before) / 1e6);
            add(into, "GET of 50,000 alerts, CPU ms", cpu);
            double idle = cpu(pid, () -> Pause.millis(10_000));
            add(into, "idle with 100,000 active, CPU ms per s", idle / 10);
        }
    }

    private static double cpu(long pid, Runnable work) {
        double before = ProcessFigures.cpuMillis(pid);
        work.run();
        return ProcessFigures.cpuMillis(pid) - before;
    }

    private static void add(Map<String, List<Double>> into, String figure, double value) {
        into.computeIfAbsent(figure, k -> new ArrayList<>()).add(value);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
