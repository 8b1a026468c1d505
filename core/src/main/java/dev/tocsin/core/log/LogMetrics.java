package dev.tocsin.core.log;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.HistogramFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.metrics.SummaryFamily;

/** The {@code alertmanager_nflog_*} metrics (contract section 9). Safe for all threads. */
public final class LogMetrics {
    private static final double[] DEFAULT_BUCKETS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
    private static final double NANOS = 1e9;

    private final SummaryFamily.Child gcDuration;
    private final SummaryFamily.Child snapshotDuration;
    private final GaugeFamily.Child snapshotSize;
    private final CounterFamily.Child maintenance;
    private final CounterFamily.Child maintenanceErrors;
    private final CounterFamily.Child queries;
    private final CounterFamily.Child queryErrors;
    private final HistogramFamily.Child queryDuration;
    private final CounterFamily.Child outcomesSynced;

    /** Registers the families. */
    public LogMetrics(Metrics metrics) {
        gcDuration = metrics.summary(
                        "alertmanager_nflog_gc_duration_seconds",
                        "How long it took to remove expired entries from the notification log.")
                .labels();
        snapshotDuration = metrics.summary(
                        "alertmanager_nflog_snapshot_duration_seconds",
                        "How long it took to write the notification log's snapshot.")
                .labels();
        snapshotSize = metrics.gauge(
                        "alertmanager_nflog_snapshot_size_bytes", "Bytes of the notification log's newest snapshot.")
                .labels();
        maintenance = counter(metrics, "maintenance_total", "How often the notification log was maintained.");
        maintenanceErrors =
                counter(metrics, "maintenance_errors_total", "How often maintaining the notification log failed.");
        queries = counter(metrics, "queries_total", "How often the notification log was asked.");
        queryErrors =
                counter(metrics, "query_errors_total", "How often the notification log had nothing on what was asked.");
        counter(
                metrics,
                "gossip_messages_propagated_total",
                "How many received entries were passed on to other nodes.");
        outcomesSynced = metrics.counter(
                        "tocsin_nflog_outcomes_synced_total",
                        "How many outcomes of notifications are on the disk; one that is not is repeated after a crash.")
                .labels();
        queryDuration = metrics.histogram(
                        "alertmanager_nflog_query_duration_seconds",
                        "How long questions to the notification log took.",
                        DEFAULT_BUCKETS)
                .labels();
    }

    private static CounterFamily.Child counter(Metrics metrics, String name, String help) {
        return metrics.counter("alertmanager_nflog_" + name, help).labels();
    }

    void queried(boolean found, long nanos) {
        queries.increment();
        if (!found) {
            queryErrors.increment();
        }
        queryDuration.observe(nanos / NANOS);
    }

    void outcomeSynced() {
        outcomesSynced.increment();
    }

    void collected(long nanos) {
        gcDuration.observe(nanos / NANOS);
    }

    void maintained(boolean ok) {
        maintenance.increment();
        if (!ok) {
            maintenanceErrors.increment();
        }
    }

    void snapshotWritten(long nanos, int bytes) {
        snapshotDuration.observe(nanos / NANOS);
        snapshotSize.set(bytes);
    }
}
