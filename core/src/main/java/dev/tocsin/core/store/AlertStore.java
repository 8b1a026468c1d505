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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    }

    private record Subscription(String name, Subscriber subscriber, CounterFamily.Child writes) {}

    private final AlertStoreOptions options;
    private final Clock clock;
    private final Scheduler scheduler;
    private final CounterFamily writes;
    private final Map<Long, Alert> alerts = new ConcurrentHashMap<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private Cancellable gcTimer = Cancellable.NONE;

    /**
     * An empty store.
     *
     * @param storage keeps the log {@code alerts}
     */
    public AlertStore(AlertStoreOptions options, Clock clock, Scheduler scheduler, Storage storage, Metrics metrics) {
        this.options = options;
        this.clock = clock;
        this.scheduler = scheduler;
        this.writes = metrics.counter(
                "alertmanager_alerts_subscriber_channel_writes_total",
                "Number of times alerts were handed to a subscriber.",
                "subscriber");
    }

    /**
     * Reads what was stored before the last stop. Blocks; call it once, before {@link #start} and before anybody
     * subscribes.
     *
     * @throws IOException if the log cannot be read or is damaged
     */
    public void load() throws IOException {}

    /** Begins garbage collection and the writing of what keeps the log short. On the hub loop. */
    public void start() {
        gcTimer = scheduler.schedule(options.gcInterval(), this::gcAndAgain);
    }

    /** Ends the timers and closes the log. On the hub loop; may block. */
    public void stop() {
        gcTimer.cancel();
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
     * Stores valid alerts and tells the subscribers. On the hub loop.
     *
     * @param batch in posted order; may be empty
     * @param source who posted it
     * @param done runs on the hub loop, at once or later, when what must survive the death of the process is written; a
     *     disk that does not take it is logged and counted, but does not keep alerts from being notified
     */
    public void put(List<Alert> batch, AlertSource source, Runnable done) {
        Instant now = clock.now();
        for (Alert posted : batch) {
            Alert before = alerts.get(posted.fingerprint());
            Alert merged = before == null ? posted : AlertMerge.merge(before, posted, now);
            alerts.put(posted.fingerprint(), merged);
            for (Subscription subscription : subscriptions) {
                subscription.writes().increment();
                subscription.subscriber().stored(merged, before);
            }
        }
        done.run();
    }

    /** The alert with this fingerprint, resolved or not, or null. Any thread. */
    public @Nullable Alert find(long fingerprint) {
        return alerts.get(fingerprint);
    }

    /** How many alerts are stored, resolved ones included. Any thread. */
    public int size() {
        return alerts.size();
    }

    /** Hands every stored alert, resolved ones included, to {@code action}, in no order; weakly consistent. Any thread. */
    public void forEach(Consumer<? super Alert> action) {
        alerts.values().forEach(action);
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

    private void gcAndAgain() {
        gcTimer = scheduler.schedule(options.gcInterval(), this::gcAndAgain);
        Instant now = clock.now();
        for (Alert alert : List.copyOf(alerts.values())) {
            if (alert.resolvedAt(now)) {
                alerts.remove(alert.fingerprint());
                for (Subscription subscription : subscriptions) {
                    subscription.subscriber().removed(alert);
                }
            }
        }
    }
}
