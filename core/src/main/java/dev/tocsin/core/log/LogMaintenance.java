package dev.tocsin.core.log;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.snapshot.NotificationLogSnapshot;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the notification log small: at each interval and at the end it forgets what has expired and writes the snapshot
 * that Alertmanager reads (contract section 6.3). Used on the hub loop only; the file is written by a worker.
 */
public final class LogMaintenance implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogMaintenance.class);

    private final NotificationLog entries;
    private final Storage storage;
    private final Clock clock;
    private final Scheduler loop;
    private final Workers workers;
    private final LogMetrics metrics;
    private final Duration interval;
    private Cancellable timer = Cancellable.NONE;

    /** @param interval the time between two rounds ({@code --data.maintenance-interval}); above zero */
    public LogMaintenance(
            NotificationLog entries,
            Storage storage,
            Clock clock,
            Scheduler loop,
            Workers workers,
            LogMetrics metrics,
            Duration interval) {
        this.entries = entries;
        this.storage = storage;
        this.clock = clock;
        this.loop = loop;
        this.workers = workers;
        this.metrics = metrics;
        this.interval = interval;
    }

    /** Begins the first interval. */
    public void start() {
        timer = loop.schedule(interval, this::run);
    }

    private void run() {
        removeExpired();
        workers.submit(this::writeSnapshot, (bytes, failed) -> {
            ended(failed);
            start();
        });
    }

    private void removeExpired() {
        long start = clock.nanoTime();
        entries.removeExpired();
        metrics.collected(clock.nanoTime() - start);
    }

    private int writeSnapshot() throws IOException {
        long start = clock.nanoTime();
        byte[] file = NotificationLogSnapshot.encode(AlertmanagerEntries.of(entries.states(), clock.now()));
        new OwnSnapshots(storage).aboutToWrite(file);
        storage.writeFile(NotificationLogSnapshot.FILE, file);
        metrics.snapshotWritten(clock.nanoTime() - start, file.length);
        return file.length;
    }

    private void ended(@Nullable Exception failed) {
        metrics.maintained(failed == null);
        if (failed != null) {
            log.atError()
                    .addKeyValue("component", "nflog")
                    .addKeyValue("err", failed.getMessage())
                    .log("Running maintenance failed");
        }
    }

    /** Ends the rounds with a last one; blocks. */
    @Override
    public void close() {
        timer.cancel();
        removeExpired();
        try {
            writeSnapshot();
            ended(null);
        } catch (IOException e) {
            ended(e);
        }
    }
}
