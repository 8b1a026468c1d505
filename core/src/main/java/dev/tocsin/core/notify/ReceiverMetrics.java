package dev.tocsin.core.notify;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.HistogramFamily;
import dev.tocsin.core.metrics.Metrics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The {@code tocsin_receiver_*} metrics: was anyone told, and how soon? At most {@link #NAMED} receivers have series of
 * their own, the others share {@link #OTHER}. A receiver keeps its place over reloads. Used on the hub loop only.
 */
final class ReceiverMetrics {
    /** The most receivers with series of their own; each has about forty. */
    static final int NAMED = 100;

    /** The label of the receivers that have found no place. */
    static final String OTHER = "other";

    private static final double[] SECONDS = {0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600};
    private static final double MILLIS = 1e3;

    private final HistogramFamily sinceStart;
    private final HistogramFamily sinceReceipt;
    private final CounterFamily notifications;
    private final GaugeFamily lastDelivered;
    private final GaugeFamily lastFailed;
    private final GaugeFamily waiting;
    private final Map<String, int[]> waitingByLabel = new HashMap<>();
    private final Set<String> named = new TreeSet<>();

    ReceiverMetrics(Metrics metrics) {
        sinceStart = metrics.histogram(
                "tocsin_receiver_time_since_start_seconds",
                "Time from an alert's startsAt until the receiver accepted the first notification that tells of it.",
                SECONDS,
                "receiver");
        sinceReceipt = metrics.histogram(
                "tocsin_receiver_time_since_receipt_seconds",
                "Time from the first post of a firing alert until the receiver accepted the first notification that"
                        + " tells of it.",
                SECONDS,
                "receiver");
        notifications = metrics.counter(
                "tocsin_receiver_notifications_total",
                "Notifications that were accepted, or given up until the next flush of their group.",
                "receiver",
                "result");
        lastDelivered = metrics.gauge(
                "tocsin_receiver_last_success_timestamp_seconds",
                "When the receiver last accepted a notification of this node, 0 if it never did.",
                "receiver");
        lastFailed = metrics.gauge(
                "tocsin_receiver_last_error_timestamp_seconds",
                "When an attempt of this node to notify the receiver last failed, 0 if none did.",
                "receiver");
        waiting = metrics.gauge(
                "tocsin_receiver_notifications_waiting",
                "Notifications that this node is sending, or will try to send again.",
                "receiver");
    }

    /** Gives places to the receivers of a new configuration; the series of receivers that are gone end. */
    void configured(Set<String> receivers) {
        for (String known : Set.copyOf(named)) {
            if (!receivers.contains(known)) {
                named.remove(known);
                forget(known);
            }
        }
        for (String receiver : new TreeSet<>(receivers)) {
            if (named.size() < NAMED) {
                named.add(receiver);
            }
        }
        named.forEach(this::initialise);
        if (named.size() < receivers.size()) {
            initialise(OTHER);
        }
    }

    private void initialise(String label) {
        sinceStart.labels(label);
        sinceReceipt.labels(label);
        notifications.labels(label, "delivered");
        notifications.labels(label, "failed");
        lastDelivered.labels(label);
        lastFailed.labels(label);
        waiting.labels(label);
    }

    private void forget(String label) {
        sinceStart.remove(label);
        sinceReceipt.remove(label);
        notifications.remove(label, "delivered");
        notifications.remove(label, "failed");
        lastDelivered.remove(label);
        lastFailed.remove(label);
        waiting.remove(label);
        waitingByLabel.remove(label);
    }

    private String label(String receiver) {
        return named.contains(receiver) ? receiver : OTHER;
    }

    void waiting(String receiver, int change) {
        String label = label(receiver);
        int[] count = waitingByLabel.computeIfAbsent(label, name -> new int[1]);
        count[0] = Math.max(0, count[0] + change);
        waiting.labels(label).set(count[0]);
    }

    void delivered(String receiver, Instant now) {
        String label = label(receiver);
        notifications.labels(label, "delivered").increment();
        lastDelivered.labels(label).set(now.toEpochMilli() / MILLIS);
    }

    void attemptFailed(String receiver, Instant now) {
        lastFailed.labels(label(receiver)).set(now.toEpochMilli() / MILLIS);
    }

    void givenUp(String receiver) {
        notifications.labels(label(receiver), "failed").increment();
    }

    /** The receiver has heard of an alert for the first time; times before the beginning count as none. */
    void told(String receiver, Instant startsAt, Instant receivedAt, Instant now) {
        String label = label(receiver);
        sinceStart.labels(label).observe(seconds(startsAt, now));
        sinceReceipt.labels(label).observe(seconds(receivedAt, now));
    }

    private static double seconds(Instant from, Instant until) {
        return Math.max(0, (until.toEpochMilli() - from.toEpochMilli()) / MILLIS);
    }
}
