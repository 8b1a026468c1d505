package dev.tocsin.app.command;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.NotificationReason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A notification that says it is a test. All tests belong to one group of their own, so that a resolved one closes what a
 * firing one opened and no real incident is touched.
 *
 * @param alerts what is told: the labels of each alert
 * @param resolved whether the alerts are over
 * @param externalUrl where links lead, without a trailing slash
 * @param at when it is sent
 * @param key the idempotency key, another one for each test
 */
public record TestNotification(List<LabelSet> alerts, boolean resolved, URI externalUrl, Instant at, String key) {
    private static final String NAME = "TocsinTest";
    private static final LabelSet GROUP = LabelSet.of("tocsin_test", "true");

    /**
     * The labels that {@code text} names, such as {@code alertname=Disk,severity=critical}. They are marked as a test, and
     * have a name in any case.
     *
     * @throws IllegalArgumentException if it is written otherwise; the message says so
     */
    public static LabelSet labels(String text) {
        Map<String, String> labels = new HashMap<>();
        for (String pair : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "'" + pair + "' is no label: write --alert=alertname=Disk,severity=critical");
            }
            labels.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
        }
        return labels(labels);
    }

    /** These labels marked as a test, with a name in any case. */
    public static LabelSet labels(Map<String, String> labels) {
        Map<String, String> marked = new HashMap<>(labels);
        marked.putIfAbsent(Alert.ALERT_NAME, NAME);
        marked.put("tocsin_test", "true");
        return LabelSet.of(marked);
    }

    /** The notification for one integration. */
    public Notification to(ReceiverConfig receiver, ReceiverConfig.Integration integration) {
        List<Alert> told = new ArrayList<>();
        for (LabelSet labels : alerts) {
            told.add(new Alert(
                    labels,
                    LabelSet.of(
                            "summary",
                            "Test of receiver " + receiver.name() + ": nothing has happened",
                            "description",
                            "Somebody asked for this test."),
                    at.minus(Duration.ofMinutes(5)),
                    ZoneOffset.UTC,
                    resolved ? at : at.plus(Duration.ofMinutes(5)),
                    ZoneOffset.UTC,
                    at,
                    externalUrl.toString(),
                    false));
        }
        return new Notification(
                receiver.name(),
                integration.toString(),
                "{}:{tocsin_test=\"true\"}",
                GROUP,
                receiver.labels(),
                told,
                at,
                resolved ? NotificationReason.ALL_ALERTS_RESOLVED : NotificationReason.FIRST_NOTIFICATION,
                externalUrl,
                1,
                key,
                false,
                Map.of());
    }
}
