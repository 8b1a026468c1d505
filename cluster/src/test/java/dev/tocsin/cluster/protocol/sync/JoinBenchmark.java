package dev.tocsin.cluster.protocol.sync;

import dev.tocsin.cluster.protocol.MemoryNetwork;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;

/**
 * What it costs to join: CPU time and virtual time until a node with an empty disk is warm beside two others, and what a
 * pushed alert weighs. Both nodes' work is in one thread. A main class, not a test: {@code JoinBenchmark [alerts]
 * [silences]}.
 */
final class JoinBenchmark {
    private static final int BATCH = 256;
    private static final int ROUNDS = 5;

    private final VirtualTime time = new VirtualTime();
    private final MemoryNetwork network = new MemoryNetwork(time, new Random(1));

    private JoinBenchmark() {}

    /** Runs it. */
    public static void main(String[] args) {
        int alerts = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
        int silences = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
        new JoinBenchmark().run(alerts, silences);
    }

    private void run(int alerts, int silences) {
        SyncNode a = new SyncNode(time, network, "a", Duration.ZERO).start();
        SyncNode b = new SyncNode(time, network, "b", Duration.ZERO).start();
        time.advance(Duration.ofSeconds(5));
        long start = System.nanoTime();
        for (int from = 0; from < alerts; from += BATCH) {
            Alert[] batch = new Alert[Math.min(BATCH, alerts - from)];
            for (int i = 0; i < batch.length; i++) {
                batch[i] = alert(a.clock.now(), from + i);
            }
            a.post(Duration.ofMillis(3), batch);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "push: %d alerts to one peer, %.0f bytes each, %.1f us each on both nodes together%n",
                b.alerts.size(),
                a.counted("tocsin_cluster_pushed_bytes_total", "alerts") / alerts,
                seconds * 1e6 / alerts);
        for (int i = 0; i < silences; i++) {
            a.silences.set(a.draft("Silenced" + i));
        }
        time.advance(Duration.ofSeconds(2));
        for (int round = 0; round < ROUNDS; round++) {
            join("c" + round);
        }
        start = System.nanoTime();
        time.advance(Duration.ofMinutes(10));
        System.out.printf("ten quiet minutes of all nodes: %.2f s%n", (System.nanoTime() - start) / 1e9);
    }

    private void join(String name) {
        SyncNode node = new SyncNode(time, network, name, Duration.ZERO).start();
        long start = System.nanoTime();
        int millis = 0;
        while (!node.members.warm() && millis < 60_000) {
            time.advance(Duration.ofMillis(1));
            millis++;
        }
        System.out.printf(
                "join: %d alerts, %d silences, warm after %d virtual ms and %.2f s of work of all nodes%n",
                node.alerts.size(),
                node.silences.list(java.util.List.of()).size(),
                millis,
                (System.nanoTime() - start) / 1e9);
        node.kill(network);
        time.advance(Duration.ofSeconds(1));
    }

    private static Alert alert(Instant now, int i) {
        return new Alert(
                LabelSet.of(
                        "alertname",
                        "HighErrorRate",
                        "severity",
                        "critical",
                        "cluster",
                        "eu-west-1",
                        "namespace",
                        "shop-" + i % 50,
                        "pod",
                        "checkout-" + i,
                        "instance",
                        "10.1." + i / 250 % 250 + "." + i % 250 + ":8080"),
                LabelSet.of(
                        "summary",
                        "Error rate of checkout-" + i + " is high",
                        "runbook",
                        "https://runbooks/high-error-rate"),
                now,
                ZoneOffset.UTC,
                now.plus(Duration.ofHours(4)),
                ZoneOffset.UTC,
                now,
                "http://prometheus:9090/graph?g0.expr=rate",
                false);
    }
}
