package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts the hub knows, by fingerprint (contract sections 4.2 and 4.3). Written on the hub loop only; any thread may
 * read. It holds what senders report: its size is bounded by the garbage collection of resolved alerts and, if set, by
 * the limit per alert name.
 */
public final class AlertStore {
    /** Hears what happens to stored alerts. Called on the hub loop, in the order of subscription; must not block. */
    public interface Subscriber {
        /**
         * An alert was stored: new, changed, or posted again without change.
         *
         * @param now the alert as it is stored now
         * @param before what was stored under the same labels until now, or null
         */
        void stored(Alert now, @Nullable Alert before);

        /** A resolved alert was forgotten. */
        void removed(Alert alert);

        /**
         * An alert was not stored because {@code limit} alerts of its name live. Does nothing by default.
         *
         * @param alert as it would have been stored
         */
        default void limited(Alert alert, int limit) {}
    }

    private record Subscription(String name, Subscriber subscriber, CounterFamily.Child writes) {}

    /** How often the node leaves a sign of life, and so how exactly it knows later how long it was down. */
    private static final Duration STAMP_INTERVAL = Duration.ofSeconds(10);

    /** How often alerts are looked at whose sources disagree. */
    private static final Duration CONTEST_INTERVAL = Duration.ofSeconds(5);

    private final Logger log = LoggerFactory.getLogger(AlertStore.class);
    private final AlertStoreOptions options;
    private final Clock clock;
    private final Scheduler scheduler;
    private final CounterFamily writes;
    private final AlertLog alertLog;
    private final AlertLimits limits;
    private final Sources sources = new Sources();
    private final Map<Long, StoredAlert> alerts = new ConcurrentHashMap<>();
    private final Set<Long> contested = new LinkedHashSet<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private Cancellable gcTimer = Cancellable.NONE;
    private Cancellable stampTimer = Cancellable.NONE;
    private Cancellable contestTimer = Cancellable.NONE;

    /**
     * An empty store.
     *
     * @param storage keeps the log {@code alerts}
     */
    public AlertStore(AlertStoreOptions options, Clock clock, Scheduler scheduler, Storage storage, Metrics metrics) {
        this.options = options;
        this.clock = clock;
        this.scheduler = scheduler;
        this.alertLog = new AlertLog(storage, metrics);
        this.limits = new AlertLimits(options, metrics);
        this.writes = metrics.counter(
                "alertmanager_alerts_subscriber_channel_writes_total",
                "Number of times alerts were handed to a subscriber.",
                "subscriber");
        metrics.gauge("tocsin_alerts_stored", "Alerts in the store, resolved ones included.")
                .labels()
                .set(alerts::size);
    }

    /**
     * Reads what was stored before the last stop. Blocks; call it once, before {@link #start} and before anybody
     * subscribes.
     *
     * @throws IOException if the log cannot be read or is damaged
     */
    public void load() throws IOException {
        Instant now = clock.now();
        for (StoredAlert stored : alertLog.open(sources, now, options.gcInterval())) {
            // A lower limit than last time holds from now on, as if the alerts had just come.
            if (limits.admit(stored.alert(), now)) {
                keep(stored, now);
            }
        }
    }

    /** Begins garbage collection and the writing of what keeps the log short. After {@link #load}, on the hub loop. */
    public void start() {
        alertLog.rewrite(alerts.values(), clock.now());
        gcTimer = scheduler.schedule(options.gcInterval(), this::collect);
        stampTimer = scheduler.schedule(STAMP_INTERVAL, this::stamp);
        contestTimer = scheduler.schedule(CONTEST_INTERVAL, this::settleContests);
    }

    /**
     * Ends the timers and closes the log. On the hub loop; may block.
     *
     * @throws IOException if the last records could not be written
     */
    public void stop() throws IOException {
        gcTimer.cancel();
        stampTimer.cancel();
        contestTimer.cancel();
        alertLog.stamp(clock.now());
        alertLog.close();
    }

    /**
     * Lets {@code subscriber} hear of all alerts stored from now on. It asks {@link #forEach} for those that are stored
     * already. On the hub loop.
     *
     * @param name the value of the metric's label: {@code inhibitor} or {@code dispatcher}
     * @return ends the subscription
     */
    public Cancellable subscribe(String name, Subscriber subscriber) {
        Subscription subscription = new Subscription(name, subscriber, writes.labels(name));
        subscriptions.add(subscription);
        return () -> subscriptions.remove(subscription);
    }

    /**
     * Stores valid alerts and tells the subscribers. After {@link #load}, on the hub loop.
     *
     * @param batch in posted order; may be empty
     * @param poster who posted it
     * @param done runs on the hub loop, at once or later, when what must survive the death of the process is written; a
     *     disk that does not take it is logged and counted, but does not keep alerts from being notified
     */
    public void put(List<Alert> batch, AlertSource poster, Runnable done) {
        Instant now = clock.now();
        List<StoredAlert> material = new ArrayList<>();
        int limited = 0;
        for (Alert posted : batch) {
            StoredAlert before = alerts.get(posted.fingerprint());
            Source source = options.sourceAware() ? sources.of(poster, posted.generatorUrl(), now) : null;
            StoredAlert next = SourceMerge.absorb(before, posted, source, now);
            if (limits.admit(next.alert(), now)) {
                store(next, before, now, material);
            } else {
                limited++;
                tellLimited(next.alert());
            }
        }
        if (limited > 0) {
            log.atWarn()
                    .addKeyValue("component", "provider")
                    .addKeyValue("err", "alert limited")
                    .addKeyValue("alerts", limited)
                    .log("error on set alert");
        }
        if (material.isEmpty()) {
            done.run();
        } else {
            alertLog.append(material, now, done);
        }
    }

    private void tellLimited(Alert alert) {
        for (Subscription subscription : subscriptions) {
            subscription.subscriber().limited(alert, options.perAlertNameLimit());
        }
    }

    private void store(StoredAlert next, @Nullable StoredAlert before, Instant now, List<StoredAlert> material) {
        StoredAlert kept = next;
        if (next.isMaterial(before, now)) {
            kept = next.written(now);
            material.add(kept);
        }
        keep(kept, now);
        for (Subscription subscription : subscriptions) {
            subscription.writes().increment();
            tell(subscription, kept.alert(), before == null ? null : before.alert());
        }
    }

    /** A subscriber that fails on one alert, as on labels that exhaust an expression, must not cost the others. */
    private void tell(Subscription subscription, Alert now, @Nullable Alert before) {
        try {
            subscription.subscriber().stored(now, before);
        } catch (RuntimeException | StackOverflowError e) {
            log.atError()
                    .addKeyValue("component", "provider")
                    .addKeyValue("subscriber", subscription.name())
                    .addKeyValue("alert", now.labels())
                    .setCause(e)
                    .log("A subscriber failed on an alert");
        }
    }

    private void keep(StoredAlert stored, Instant now) {
        Long fingerprint = stored.alert().fingerprint();
        alerts.put(fingerprint, stored);
        if (SourceMerge.isContested(stored.reports(), now)) {
            contested.add(fingerprint);
        } else if (!contested.isEmpty()) {
            contested.remove(fingerprint);
        }
    }

    /** The alert with this fingerprint, resolved or not, or null. Any thread. */
    public @Nullable Alert find(long fingerprint) {
        StoredAlert stored = alerts.get(fingerprint);
        return stored == null ? null : stored.alert();
    }

    /** How many alerts are stored, resolved ones included. Any thread. */
    public int size() {
        return alerts.size();
    }

    /** Hands every stored alert, resolved ones included, to {@code action}, in no order; weakly consistent. Any thread. */
    public void forEach(Consumer<? super Alert> action) {
        alerts.values().forEach(stored -> action.accept(stored.alert()));
    }

    /** The alerts that have not ended by {@code now}, in no order; a new list. Any thread. */
    public List<Alert> firing(Instant now) {
        List<Alert> firing = new ArrayList<>(alerts.size());
        forEach(alert -> {
            if (!alert.resolvedAt(now)) {
                firing.add(alert);
            }
        });
        return firing;
    }

    private void collect() {
        gcTimer = scheduler.schedule(options.gcInterval(), this::collect);
        Instant now = clock.now();
        for (StoredAlert stored : List.copyOf(alerts.values())) {
            Alert alert = stored.alert();
            if (alert.resolvedAt(now)) {
                alerts.remove(alert.fingerprint());
                contested.remove(alert.fingerprint());
                limits.forget(alert);
                for (Subscription subscription : subscriptions) {
                    subscription.subscriber().removed(alert);
                }
            }
        }
    }

    private void stamp() {
        stampTimer = scheduler.schedule(STAMP_INTERVAL, this::stamp);
        Instant now = clock.now();
        if (alertLog.wantsRewrite(now)) {
            alertLog.rewrite(alerts.values(), now);
        } else {
            alertLog.stamp(now);
        }
    }

    /** A source that has become silent no longer lets an alert fire that another one has told the end of. */
    private void settleContests() {
        contestTimer = scheduler.schedule(CONTEST_INTERVAL, this::settleContests);
        if (contested.isEmpty()) {
            return;
        }
        Instant now = clock.now();
        List<StoredAlert> material = new ArrayList<>();
        for (Long fingerprint : List.copyOf(contested)) {
            StoredAlert before = alerts.get(fingerprint);
            if (before == null || !SourceMerge.isContested(before.reports(), now)) {
                contested.remove(fingerprint);
                continue;
            }
            Alert alert = SourceMerge.reconsidered(before, now);
            if (!alert.equals(before.alert())) {
                StoredAlert next = new StoredAlert(alert, before.reports(), before.writtenUntil());
                store(next, before, now, material);
            }
        }
        if (!material.isEmpty()) {
            alertLog.append(material, now, () -> {});
        }
    }
}
