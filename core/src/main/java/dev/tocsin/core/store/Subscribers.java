package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who hear what happens to stored alerts. On the hub loop only. */
final class Subscribers {
    private record Subscription(String name, AlertStore.Subscriber subscriber, CounterFamily.Child writes) {}

    private final Logger log = LoggerFactory.getLogger(AlertStore.class);
    private final CounterFamily writes;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    Subscribers(Metrics metrics) {
        this.writes = metrics.counter(
                "alertmanager_alerts_subscriber_channel_writes_total",
                "Number of times alerts were handed to a subscriber.",
                "subscriber");
    }

    Cancellable add(String name, AlertStore.Subscriber subscriber) {
        Subscription subscription = new Subscription(name, subscriber, writes.labels(name));
        subscriptions.add(subscription);
        return () -> subscriptions.remove(subscription);
    }

    void stored(Alert now, @Nullable Alert before) {
        for (Subscription subscription : subscriptions) {
            subscription.writes().increment();
            tell(subscription, now, before);
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

    void removed(Alert alert) {
        for (Subscription subscription : subscriptions) {
            subscription.subscriber().removed(alert);
        }
    }

    void limited(Alert alert, int limit) {
        for (Subscription subscription : subscriptions) {
            subscription.subscriber().limited(alert, limit);
        }
    }
}
