package dev.tocsin.notifiers;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.notify.ReceiverValue;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The notifications of which the recorded requests tell: two alerts of one group in three phases. */
public final class CapturedAlerts {
    private static final Instant NOW = Instant.parse("2026-01-02T03:20:00Z");
    private static final String SUMMARY = "Latency > 500ms & rising <b>\"fast\"</b>";

    private final Alert first = alert(
            LabelSet.of(
                    "alertname",
                    "HighLatency",
                    "job",
                    "api",
                    "severity",
                    "critical",
                    "instance",
                    "web-1:8080",
                    "Zone",
                    "eu"),
            LabelSet.of(
                    "summary",
                    SUMMARY,
                    "description",
                    "it's web-1 — p99 é😀\nsecond line",
                    "runbook_url",
                    "https://rb.example/x?a=1&b=2"),
            "2026-01-02T03:04:05.678Z",
            "http://prom.example:9090/graph?g0.expr=latency+%3E+0.5&g0.tab=1");
    private final Alert second = alert(
            LabelSet.of(
                    "alertname",
                    "HighLatency",
                    "job",
                    "api",
                    "severity",
                    "critical",
                    "instance",
                    "web-2:8080",
                    "Zone",
                    "us"),
            LabelSet.of("summary", SUMMARY, "description", "plain second"),
            "2026-01-02T03:05:05Z",
            "http://prom.example:9090/graph?g0.expr=latency");

    /** The notification of a phase: {@code firing-first}, {@code firing}, {@code mixed}, {@code resolved} or {@code reopen}. */
    public Notification notification(String phase) {
        return switch (phase) {
            case "firing-first" -> notification(NotificationReason.FIRST_NOTIFICATION, List.of(second));
            case "firing" -> notification(NotificationReason.NEW_ALERTS_ADDED, List.of(first, second));
            case "resolved" ->
                notification(
                        NotificationReason.ALL_ALERTS_RESOLVED,
                        List.of(resolved(first, "2026-01-02T03:14:05.678Z"), resolved(second, "2026-01-02T03:15:05Z")));
            case "mixed" ->
                notification(
                        NotificationReason.SOME_ALERTS_RESOLVED,
                        List.of(first, resolved(second, "2026-01-02T03:15:05Z")));
            case "reopen" -> notification(NotificationReason.FIRST_NOTIFICATION, List.of(first));
            default -> throw new IllegalArgumentException(phase);
        };
    }

    /** A notification that finds what earlier ones of its group left with the integration. */
    public Notification notification(String phase, Map<String, ReceiverValue> receiverData) {
        Notification n = notification(phase);
        return new Notification(
                n.receiver(),
                n.integration(),
                n.groupKey(),
                n.groupLabels(),
                n.routeLabels(),
                n.alerts(),
                n.at(),
                n.reason(),
                n.externalUrl(),
                n.sequence(),
                n.idempotencyKey(),
                n.possibleRepeat(),
                receiverData);
    }

    /** A notification about {@code alerts}. */
    public Notification notification(NotificationReason reason, List<Alert> alerts) {
        return new Notification(
                "team.all",
                "webhook[0]",
                "{}:{alertname=\"HighLatency\", job=\"api\"}",
                LabelSet.of("alertname", "HighLatency", "job", "api"),
                Map.of(),
                alerts,
                NOW,
                reason,
                URI.create("http://am.example:9093/am"),
                7,
                "key-7",
                false,
                Map.of());
    }

    /** An alert that fires. */
    public static Alert alert(LabelSet labels, LabelSet annotations, String startsAt, String generatorUrl) {
        Instant start = Instant.parse(startsAt);
        return new Alert(
                labels,
                annotations,
                start,
                ZoneOffset.UTC,
                NOW.plusSeconds(300),
                ZoneOffset.UTC,
                NOW,
                generatorUrl,
                true);
    }

    private static Alert resolved(Alert alert, String endsAt) {
        return new Alert(
                alert.labels(),
                alert.annotations(),
                alert.startsAt(),
                alert.startsAtOffset(),
                Instant.parse(endsAt),
                ZoneOffset.UTC,
                alert.updatedAt(),
                alert.generatorUrl(),
                false);
    }
}
