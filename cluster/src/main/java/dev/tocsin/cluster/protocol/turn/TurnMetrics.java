package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.util.function.IntSupplier;

/** What the sharing of groups counts. */
final class TurnMetrics {
    private final CounterFamily ticks;
    private final CounterFamily taken;
    private final CounterFamily.Child nudges;
    private final CounterFamily.Child adopted;

    /** @param waiting the number of groups that are due and that another node should tell; any thread asks */
    TurnMetrics(Metrics metrics, IntSupplier waiting) {
        ticks = metrics.counter(
                "tocsin_cluster_ticks_total", "Groups that became due, by whose turn it was to tell them.", "turn");
        ticks.labels("own");
        ticks.labels("other");
        taken = metrics.counter(
                "tocsin_cluster_turns_taken_total",
                "Due groups that this node flushed though it was another one's turn when they became due.",
                "cause");
        for (TurnCause cause : TurnCause.values()) {
            taken.labels(cause.label());
        }
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

    void tick(boolean own) {
        ticks.labels(own ? "own" : "other").increment();
    }

    void taken(TurnCause cause) {
        taken.labels(cause.label()).increment();
    }

    void nudged() {
        nudges.increment();
    }

    void adopted() {
        adopted.increment();
    }
}
