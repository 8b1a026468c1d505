package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.HistogramFamily;
import dev.tocsin.core.metrics.Metrics;
import java.util.function.IntSupplier;

/** What the sharing of groups counts. */
final class TurnMetrics {
    private static final double NANOS = 1e9;
    private static final double[] SECONDS = {.1, .25, .5, 1, 2, 5, 10, 30, 60};

    private final CounterFamily.Child own;
    private final CounterFamily.Child others;
    private final CounterFamily taken;
    private final HistogramFamily.Child failover;
    private final CounterFamily.Child nudges;
    private final CounterFamily.Child adopted;

    /** @param waiting the number of groups that are due and that another node should tell; any thread asks */
    TurnMetrics(Metrics metrics, IntSupplier waiting) {
        CounterFamily ticks = metrics.counter(
                "tocsin_cluster_ticks_total", "Groups that became due, by whose turn it was to tell them.", "turn");
        own = ticks.labels("own");
        others = ticks.labels("other");
        taken = metrics.counter(
                "tocsin_cluster_turns_taken_total",
                "Due groups that this node flushed though it was another one's turn when they became due.",
                "cause");
        for (TurnCause cause : TurnCause.values()) {
            taken.labels(cause.label());
        }
        failover = metrics.histogram(
                        "tocsin_cluster_failover_seconds",
                        "How long groups had been due when this node flushed them in place of another one.",
                        SECONDS)
                .labels();
        nudges = metrics.counter(
                        "tocsin_cluster_nudges_total", "Questions to other nodes that were silent about a due group.")
                .labels();
        adopted = metrics.counter(
                        "tocsin_cluster_alerts_adopted_total",
                        "Resolved alerts that entered their group because another node had told that they fire.")
                .labels();
        metrics.gauge("tocsin_cluster_due_groups", "Groups that are due and that another node should tell.")
                .labels()
                .set(waiting::getAsInt);
    }

    void tick(boolean ours) {
        (ours ? own : others).increment();
    }

    /** @param dueNanos how long the group had been due here */
    void taken(TurnCause cause, long dueNanos) {
        taken.labels(cause.label()).increment();
        failover.observe(dueNanos / NANOS);
    }

    void nudged() {
        nudges.increment();
    }

    void adopted() {
        adopted.increment();
    }
}
