package dev.tocsin.core.storage;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says loudly, but once per episode, that the disk refuses to take what the hub wants to keep. Safe for all threads. */
final class StorageHealth {
    private final Logger log = LoggerFactory.getLogger(StorageHealth.class);
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Set<String> dropping = ConcurrentHashMap.newKeySet();
    private final CounterFamily errors;
    private final CounterFamily dropped;

    StorageHealth(Metrics metrics) {
        this.errors = metrics.counter("tocsin_storage_errors_total", "Failed writes and syncs, by log.", "log");
        this.dropped = metrics.counter(
                "tocsin_storage_dropped_records_total",
                "Records given up because too many waited for a disk that fails.",
                "log");
        metrics.gauge("tocsin_storage_healthy", "Whether everything that should be on the disk could be written.")
                .labels()
                .set(() -> failing.isEmpty() ? 1 : 0);
    }

    /** A log is opened: its counters exist from now on. */
    void opened(String name) {
        errors.labels(name);
        dropped.labels(name);
    }

    /** A write or sync of a log failed. */
    void failed(String name, String path, IOException error) {
        errors.labels(name).increment();
        if (failing.add(name)) {
            log.atError()
                    .addKeyValue("component", "storage")
                    .addKeyValue("file", path)
                    .addKeyValue("err", error.toString())
                    .log("Cannot write to the disk: notifications go on, but a restart would forget what happens now");
        }
    }

    /** A rewrite of a log failed; the log itself is whole. */
    void rewriteFailed(String name, String path, IOException error) {
        errors.labels(name).increment();
        log.atWarn()
                .addKeyValue("component", "storage")
                .addKeyValue("file", path)
                .addKeyValue("err", error.toString())
                .log("Cannot shorten a log, it keeps growing");
    }

    /** A record was given up because too many wait. */
    void dropped(String name, String path) {
        dropped.labels(name).increment();
        if (dropping.add(name)) {
            log.atError()
                    .addKeyValue("component", "storage")
                    .addKeyValue("file", path)
                    .log("Too much waits for the disk: what happens now will not be on it");
        }
    }

    /** Everything of a log is on the disk again. */
    void recovered(String name, String path) {
        dropping.remove(name);
        if (failing.remove(name)) {
            log.atInfo()
                    .addKeyValue("component", "storage")
                    .addKeyValue("file", path)
                    .log("The disk works again, everything is written");
        }
    }
}
