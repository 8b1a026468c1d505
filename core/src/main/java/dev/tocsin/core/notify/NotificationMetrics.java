package dev.tocsin.core.notify;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.HistogramFamily;
import dev.tocsin.core.metrics.Metrics;
import java.time.Instant;
import java.util.List;

/**
 * The {@code alertmanager_notification*} metrics (contract section 9), those of the receivers, and what the latest
 * notifications came to. Used on the hub loop, but for {@link #health}.
 */
public final class NotificationMetrics {
    /** The integrations whose series exist before their first notification. */
    static final List<String> INTEGRATIONS = List.of(
            "email",
            "pagerduty",
            "wechat",
            "pushover",
            "slack",
            "opsgenie",
            "webhook",
            "victorops",
            "sns",
            "telegram",
            "discord",
            "webex",
            "msteams",
            "msteamsv2",
            "incidentio",
            "jira",
            "rocketchat",
            "mattermost");

    private static final double NANOS = 1e9;

    private final boolean receiverNames;
    private final CounterFamily notifications;
    private final CounterFamily failed;
    private final CounterFamily requests;
    private final CounterFamily requestsFailed;
    private final HistogramFamily latency;
    private final CounterFamily suppressed;
    private final CounterFamily repeats;
    private final ReceiverMetrics byReceiver;
    private final ReceiverHealth health = new ReceiverHealth();

    /**
     * Registers the families.
     *
     * @param receiverNames whether series carry the receiver's name (feature {@code receiver-name-in-metrics})
     */
    public NotificationMetrics(Metrics metrics, boolean receiverNames) {
        this.receiverNames = receiverNames;
        String[] labels = labels(receiverNames);
        String[] failedLabels =
                receiverNames ? labels("integration", "receiver_name", "reason") : labels("integration", "reason");
        notifications = metrics.counter(
                "alertmanager_notifications_total",
                "Notifications that were to be sent, by integration, however many requests each took.",
                labels);
        failed = metrics.counter(
                "alertmanager_notifications_failed_total",
                "Notifications that were given up until the next flush of their group, by integration and reason.",
                failedLabels);
        requests = metrics.counter(
                "alertmanager_notification_requests_total", "Attempts to send, by integration.", labels);
        requestsFailed = metrics.counter(
                "alertmanager_notification_requests_failed_total", "Attempts to send that failed.", labels);
        latency = metrics.histogram(
                "alertmanager_notification_latency_seconds",
                "How long attempts to send took.",
                new double[] {1, 5, 10, 15, 20},
                labels);
        suppressed = metrics.counter(
                "alertmanager_notifications_suppressed_total",
                "Alerts of flushes that were not notified because something muted them.",
                "reason");
        repeats = metrics.counter(
                "tocsin_notifications_possible_repeats_total",
                "Accepted notifications that said that they may repeat an earlier one.",
                labels);
        byReceiver = new ReceiverMetrics(metrics);
        if (!receiverNames) {
            INTEGRATIONS.forEach(integration -> initialise(integration, ""));
        }
    }

    private static String[] labels(boolean receiverNames) {
        return receiverNames ? labels("integration", "receiver_name") : labels("integration");
    }

    private static String[] labels(String... names) {
        return names;
    }

    /** A new configuration is in force: series with receivers' names begin anew, one set for each of its integrations. */
    public void configured(Receivers receivers) {
        byReceiver.configured(receivers.all().keySet());
        health.configured(receivers);
        if (!receiverNames) {
            return;
        }
        List.of(notifications, failed, requests, requestsFailed, latency, repeats)
                .forEach(family -> family.reset());
        receivers
                .all()
                .values()
                .forEach(targets -> targets.forEach(target -> initialise(target.integration(), target.receiver())));
    }

    private void initialise(String integration, String receiver) {
        String[] values = values(integration, receiver);
        notifications.labels(values);
        requests.labels(values);
        requestsFailed.labels(values);
        latency.labels(values);
        repeats.labels(values);
        for (FailureReason reason : FailureReason.values()) {
            failed.labels(values(integration, receiver, reason));
        }
    }

    private String[] values(String integration, String receiver) {
        return receiverNames ? labels(integration, receiver) : labels(integration);
    }

    private String[] values(String integration, String receiver, FailureReason reason) {
        return receiverNames ? labels(integration, receiver, reason.label()) : labels(integration, reason.label());
    }

    /** A notification is to be sent. */
    public void notified(Target target) {
        notifications.labels(values(target.integration(), target.receiver())).increment();
    }

    /** A notification was accepted that said that it may repeat an earlier one. */
    public void repeated(Target target) {
        repeats.labels(values(target.integration(), target.receiver())).increment();
    }

    /** A notification was given up. */
    public void failed(Target target, FailureReason reason) {
        failed.labels(values(target.integration(), target.receiver(), reason)).increment();
        byReceiver.givenUp(target.receiver());
        health.givenUp(target);
    }

    /** A delivery begins; {@link #ended} follows. */
    void begun(Target target) {
        byReceiver.waiting(target.receiver(), 1);
        health.begun(target);
    }

    /** A delivery has ended, well or not. */
    void ended(Target target) {
        byReceiver.waiting(target.receiver(), -1);
        health.ended(target);
    }

    /** An attempt has met {@code error}. */
    void attemptFailed(Target target, Instant now, String error) {
        byReceiver.attemptFailed(target.receiver(), now);
        health.attemptFailed(target, now, error);
    }

    /** The receiver has accepted a notification. */
    public void delivered(Target target, Instant now) {
        byReceiver.delivered(target.receiver(), now);
        health.delivered(target, now);
    }

    /**
     * A receiver has heard for the first time that an alert fires.
     *
     * @param startsAt when the alert began
     * @param receivedAt when the hub heard of it
     * @param now when the receiver accepted
     */
    public void told(Target target, Instant startsAt, Instant receivedAt, Instant now) {
        byReceiver.told(target.receiver(), startsAt, receivedAt, now);
    }

    /** What the latest notifications of each integration came to. Any thread may read it. */
    public ReceiverHealth health() {
        return health;
    }

    /** An attempt has ended after {@code nanos} nanoseconds. */
    public void attempted(Target target, long nanos, boolean ok) {
        String[] values = values(target.integration(), target.receiver());
        latency.labels(values).observe(nanos / NANOS);
        requests.labels(values).increment();
        if (!ok) {
            requestsFailed.labels(values).increment();
        }
    }

    /** {@code count} alerts of a flush were muted; {@code reason} is the label's value. */
    public void suppressed(String reason, int count) {
        suppressed.labels(reason).add(count);
    }
}
