package dev.tocsin.cluster.protocol.sync;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.HistogramFamily;
import dev.tocsin.core.metrics.Metrics;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** The metrics of replication. */
final class SyncMetrics {
    private static final double[] SECONDS = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5};

    private final CounterFamily messages;
    private final CounterFamily bytes;
    private final CounterFamily missed;
    private final CounterFamily exchanges;
    private final CounterFamily pages;
    private final HistogramFamily acknowledged;
    private final CounterFamily.Child unreplicated;

    /** @param lagSeconds the age of the oldest change that a live peer has not acknowledged */
    SyncMetrics(Metrics metrics, DoubleSupplier lagSeconds) {
        messages = metrics.counter(
                "tocsin_cluster_pushes_total", "Changes sent to a peer, by what has changed.", "channel");
        bytes = metrics.counter(
                "tocsin_cluster_pushed_bytes_total", "Bytes of changes sent to peers, by what has changed.", "channel");
        missed = metrics.counter(
                "tocsin_cluster_acknowledgements_missed_total",
                "Changes that too few peers acknowledged in the time an answer waits for them.",
                "channel");
        exchanges = metrics.counter(
                "tocsin_cluster_exchanges_total",
                "Comparisons of this node's state with a peer's, by outcome.",
                "outcome");
        pages = metrics.counter(
                "tocsin_cluster_pages_total", "Parts of a peer's state that were joined into this node's.", "channel");
        acknowledged = metrics.histogram(
                "tocsin_cluster_acknowledgement_seconds",
                "Time until enough peers had a change, by what has changed.",
                SECONDS,
                "channel");
        unreplicated = metrics.counter(
                        "tocsin_ingest_unreplicated_total",
                        "Changed alerts that were answered although too few peers had them.")
                .labels();
        metrics.gauge(
                        "tocsin_cluster_replication_lag_seconds",
                        "Age of the oldest change that a live peer has not acknowledged.")
                .labels()
                .set(lagSeconds);
        for (String channel : List.of("alerts", "silences", "log")) {
            messages.labels(channel);
            bytes.labels(channel);
            missed.labels(channel);
            pages.labels(channel);
            acknowledged.labels(channel);
        }
        exchanges.labels("completed");
        exchanges.labels("abandoned");
    }

    void pushed(String channel, int peers, int size) {
        messages.labels(channel).add(peers);
        bytes.labels(channel).add((double) peers * size);
    }

    void acknowledged(String channel, long nanos) {
        acknowledged.labels(channel).observe(nanos / 1e9);
    }

    void missed(String channel) {
        missed.labels(channel).increment();
    }

    void unreplicated(int alerts) {
        unreplicated.add(alerts);
    }

    void exchanged(boolean completed) {
        exchanges.labels(completed ? "completed" : "abandoned").increment();
    }

    void page(Enum<?> channel) {
        pages.labels(channel.name().toLowerCase(Locale.ROOT)).increment();
    }
}
