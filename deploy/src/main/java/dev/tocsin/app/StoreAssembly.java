package dev.tocsin.app;

import dev.tocsin.app.Features.Feature;
import dev.tocsin.app.flag.FlagValues;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.log.LogMaintenance;
import dev.tocsin.core.log.LogMetrics;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.storage.Storage;
import dev.tocsin.core.store.AlertStore;
import dev.tocsin.core.store.AlertStoreOptions;
import dev.tocsin.core.store.silence.SilenceOptions;
import dev.tocsin.core.store.silence.SilenceStore;
import java.io.IOException;
import java.util.random.RandomGenerator;

/** Builds what the hub keeps on the disk: alerts, silences and the notification log. One thread. */
final class StoreAssembly {
    private final FlagValues flags;
    private final Clock clock;
    private final Scheduler loop;
    private final Workers workers;
    private final Storage storage;
    private final LogMetrics logMetrics;
    private final AlertStore alerts;
    private final SilenceStore silences;
    private final Late<NotificationLog> log = new Late<>("load");

    StoreAssembly(
            FlagValues flags,
            Features features,
            Clock clock,
            Scheduler loop,
            Workers workers,
            RandomGenerator random,
            Storage storage,
            Metrics metrics,
            Journal journal,
            MatcherParser matchers) {
        this.flags = flags;
        this.clock = clock;
        this.loop = loop;
        this.workers = workers;
        this.storage = storage;
        this.logMetrics = new LogMetrics(metrics);
        this.alerts = new AlertStore(
                new AlertStoreOptions(
                        flags.duration("alerts.gc-interval"),
                        bounded(flags, "alerts.per-alertname-limit"),
                        features.has(Feature.ALERT_NAMES_IN_METRICS),
                        flags.on("alerts.source-aware")),
                clock,
                loop,
                storage,
                metrics);
        this.silences = new SilenceStore(
                new SilenceOptions(
                        matchers.mode(),
                        flags.duration("data.retention"),
                        flags.duration("data.maintenance-interval"),
                        bounded(flags, "silences.max-silences"),
                        bounded(flags, "silences.max-silence-size-bytes"),
                        flags.on("log.silences")),
                clock,
                loop,
                workers,
                random,
                storage,
                metrics,
                journal);
    }

    private static int bounded(FlagValues flags, String flag) {
        return Math.toIntExact(Math.clamp(flags.whole(flag), 0, Integer.MAX_VALUE));
    }

    /**
     * Reads what is on the disk.
     *
     * @throws StartupException if something there is damaged
     */
    void load() throws StartupException {
        try {
            log.set(new NotificationLog(storage, clock, logMetrics));
        } catch (IOException e) {
            throw new StartupException("error creating notification log", String.valueOf(e.getMessage()));
        }
        try {
            silences.load();
        } catch (IOException e) {
            throw new StartupException("error creating silence", String.valueOf(e.getMessage()));
        }
        try {
            alerts.load();
        } catch (IOException e) {
            throw new StartupException("error loading alerts", String.valueOf(e.getMessage()));
        }
    }

    AlertStore alerts() {
        return alerts;
    }

    SilenceStore silences() {
        return silences;
    }

    /** What was notified; only after {@link #load}. */
    NotificationLog log() {
        return log.get();
    }

    /** Keeps the notification log short; only after {@link #load}. */
    LogMaintenance logMaintenance() {
        return new LogMaintenance(
                log(), storage, clock, loop, workers, logMetrics, flags.duration("data.maintenance-interval"));
    }
}
