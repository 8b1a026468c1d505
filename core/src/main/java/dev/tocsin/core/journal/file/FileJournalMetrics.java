package dev.tocsin.core.journal.file;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.util.function.DoubleSupplier;

/** What the journal on disk tells of itself. */
final class FileJournalMetrics {
    final CounterFamily.Child written;
    final CounterFamily.Child dropped;
    final CounterFamily.Child forgotten;
    final CounterFamily.Child errors;
    final CounterFamily.Child damaged;

    FileJournalMetrics(
            Metrics metrics, DoubleSupplier queued, DoubleSupplier lag, DoubleSupplier bytes, DoubleSupplier segments) {
        this.written = metrics.counter("tocsin_journal_written_total", "Events written to the journal.")
                .labels();
        this.dropped = metrics.counter(
                        "tocsin_journal_dropped_total",
                        "Events that the journal could not keep: too many waited, or the disk failed. They show as gaps.")
                .labels();
        this.forgotten = metrics.counter(
                        "tocsin_journal_forgotten_total",
                        "Events removed from the journal because they were old or it was full.")
                .labels();
        this.errors = metrics.counter("tocsin_journal_errors_total", "Failed writes of the journal.")
                .labels();
        this.damaged = metrics.counter(
                        "tocsin_journal_damaged_total", "Places in the journal's segments that could not be read.")
                .labels();
        metrics.gauge("tocsin_journal_queue_events", "Events that wait to be written to the journal.")
                .labels()
                .set(queued);
        metrics.gauge("tocsin_journal_lag_seconds", "How long the oldest event that is not in the journal yet waits.")
                .labels()
                .set(lag);
        metrics.gauge("tocsin_journal_bytes", "Size of the journal's segments.")
                .labels()
                .set(bytes);
        metrics.gauge("tocsin_journal_segments", "Number of the journal's segments.")
                .labels()
                .set(segments);
    }
}
