package dev.tocsin.core.store.silence;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.HistogramFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.metrics.SummaryFamily;

/** What is counted of silences (contract section 9). */
final class SilenceMetrics {
    private static final double[] DEFAULT_BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    final GaugeFamily.Child active;
    final GaugeFamily.Child pending;
    final GaugeFamily.Child expired;
    final GaugeFamily.Child stateSize;
    final GaugeFamily.Child versionIndexSize;
    final GaugeFamily.Child matcherIndexSize;
    final SummaryFamily.Child gcSeconds;
    final CounterFamily.Child gcErrors;
    final SummaryFamily.Child snapshotSeconds;
    final GaugeFamily.Child snapshotBytes;
    final CounterFamily.Child maintenances;
    final CounterFamily.Child maintenanceErrors;
    final CounterFamily.Child queries;
    final CounterFamily.Child queryErrors;
    final HistogramFamily.Child querySeconds;
    final CounterFamily.Child scanned;
    final CounterFamily.Child skipped;
    final CounterFamily.Child compileErrors;

    SilenceMetrics(Metrics metrics) {
        GaugeFamily silences = metrics.gauge("alertmanager_silences", "How many silences by state.", "state");
        this.active = silences.labels("active");
        this.pending = silences.labels("pending");
        this.expired = silences.labels("expired");
        this.stateSize = gauge(metrics, "state_size", "Silences kept, ended ones included.");
        this.versionIndexSize = gauge(metrics, "version_index_size", "Silences kept, ended ones included.");
        this.matcherIndexSize = gauge(metrics, "matcher_index_size", "Silences that queries can find.");
        this.gcSeconds = summary(metrics, "gc_duration_seconds", "Time it took to forget ended silences.");
        this.gcErrors = counter(metrics, "gc_errors_total", "Ended silences that could not be forgotten.");
        this.snapshotSeconds = summary(metrics, "snapshot_duration_seconds", "Time it took to write the snapshot.");
        this.snapshotBytes = gauge(metrics, "snapshot_size_bytes", "Size of the last snapshot.");
        this.maintenances = counter(metrics, "maintenance_total", "Maintenance runs.");
        this.maintenanceErrors = counter(metrics, "maintenance_errors_total", "Maintenance runs that failed.");
        this.queries = counter(metrics, "queries_total", "Queries of silences.");
        this.queryErrors = counter(metrics, "query_errors_total", "Queries of silences that failed.");
        this.querySeconds = metrics.histogram(
                        "alertmanager_silences_query_duration_seconds", "Duration of queries.", DEFAULT_BOUNDS)
                .labels();
        this.scanned = counter(metrics, "query_silences_scanned_total", "Silences that queries looked at.");
        this.skipped = counter(metrics, "query_silences_skipped_total", "Silences that queries need not look at.");
        counter(metrics, "gossip_messages_propagated_total", "Silences handed on to peers.");
        CounterFamily compile = metrics.counter(
                "alertmanager_silences_matcher_compile_errors_total", "Silences with unusable matchers.", "stage");
        compile.labels("index");
        this.compileErrors = compile.labels("load_snapshot");
    }

    private static GaugeFamily.Child gauge(Metrics metrics, String name, String help) {
        return metrics.gauge("alertmanager_silences_" + name, help).labels();
    }

    private static CounterFamily.Child counter(Metrics metrics, String name, String help) {
        return metrics.counter("alertmanager_silences_" + name, help).labels();
    }

    private static SummaryFamily.Child summary(Metrics metrics, String name, String help) {
        return metrics.summary("alertmanager_silences_" + name, help).labels();
    }
}
