package dev.tocsin.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Many clients that hear of a node's alerts: how soon each hears of a change, and what that costs. Safe for all threads. */
final class Crowd {
    private static final int CHANGES = 40;
    private static final int WARM_UP = 15;
    private static final long PATIENCE_SECONDS = 120;

    private record Change(String name, long postedNanos, CountDownLatch missing, List<Long> delays) {}

    private final int readers;
    private final CountDownLatch synced;
    private volatile Change current;

    /** @param readers how many are to hear of each change */
    Crowd(int readers) {
        this.readers = readers;
        this.synced = new CountDownLatch(readers);
        this.current = change("none");
    }

    private Change change(String name) {
        return new Change(
                name, System.nanoTime(), new CountDownLatch(readers), Collections.synchronizedList(new ArrayList<>()));
    }

    /** One client's picture is complete. */
    void synced() {
        synced.countDown();
    }

    /** The name of the alert that is awaited. */
    String awaited() {
        return current.name;
    }

    /** One client has heard of an alert. */
    void heard(String alertname) {
        Change change = current;
        if (alertname.equals(change.name)) {
            change.delays.add(System.nanoTime() - change.postedNanos);
            change.missing.countDown();
        }
    }

    /** Lets alerts begin, one after the other, and prints what came of it. */
    void measure(String what, Node node) throws InterruptedException {
        boolean complete = synced.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(complete)
                .as("%d pictures are not complete", synced.getCount())
                .isTrue();
        List<Long> delays = new ArrayList<>();
        double cpuBegun = 0;
        for (int i = 0; i < CHANGES; i++) {
            if (i == WARM_UP) {
                cpuBegun = cpuMillis(node);
            }
            Change change = change("Change" + i + ".");
            current = change;
            node.api().postAlerts(Configs.alerts(change.name, "i", 0, 1));
            assertThat(change.missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            if (i >= WARM_UP) {
                delays.addAll(change.delays);
            }
        }
        double cpu = (cpuMillis(node) - cpuBegun) / (CHANGES - WARM_UP);
        delays.sort(null);
        System.out.printf(
                "%s: a change to %d clients, 10 more never read: p50 %.0f ms, p99 %.0f ms, last %.0f ms; the node's CPU %.1f ms a"
                        + " change; its RSS %.0f MiB%n",
                what,
                readers,
                delays.get(delays.size() / 2) / 1e6,
                delays.get(delays.size() * 99 / 100) / 1e6,
                delays.getLast() / 1e6,
                cpu,
                ProcessFigures.rssMib(node.process().pid()));
    }

    private static double cpuMillis(Node node) {
        return Objects.requireNonNull(node.process().cpu()).toNanos() / 1e6;
    }
}
