package dev.tocsin.notifiers.payload;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.time.Rfc3339;
import dev.tocsin.notifiers.json.GoJson;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Writes the body of webhooks and what took after it (notifiers contract section 3). Stateless. */
public final class WebhookBody {
    private static final String ZERO_TIME = "0001-01-01T00:00:00Z";
    private static final String REGEX_SYNTAX = "\\.+*?()|[]{}^$";

    private WebhookBody() {}

    /**
     * The body with its line feed.
     *
     * @param version of its form, such as {@code 4}
     * @param maxAlerts how many alerts are told, the first ones; 0 for all. The rest does not count for anything but
     *     {@code truncatedAlerts}
     */
    public static byte[] write(Notification notification, String version, long maxAlerts) {
        return write(notification, version, maxAlerts, Integer.MAX_VALUE);
    }

    /**
     * As {@link #write(Notification, String, long)}.
     *
     * @param listed how many of the alerts that count are listed at most, from 1
     */
    public static byte[] write(Notification notification, String version, long maxAlerts, int listed) {
        List<Alert> all = notification.alerts();
        int kept = maxAlerts > 0 && maxAlerts < all.size() ? (int) maxAlerts : all.size();
        List<Alert> alerts = all.subList(0, kept);
        Instant at = notification.at();
        GoJson json = new GoJson().openObject();
        json.text("receiver", quoteRegex(notification.receiver()));
        json.text("status", status(alerts, at));
        json.name("alerts").openList();
        for (Alert alert : alerts.subList(0, Math.min(kept, listed))) {
            alert(json, alert, at);
        }
        json.closeList();
        json.text("notification_reason", notification.reason().text());
        json.name("groupLabels").labels(notification.groupLabels());
        json.name("commonLabels");
        common(json, alerts, Alert::labels);
        json.name("commonAnnotations");
        common(json, alerts, Alert::annotations);
        json.name("routeLabels").any(notification.routeLabels());
        json.text("externalURL", notification.externalUrl().toString());
        json.text("version", version);
        json.text("groupKey", notification.groupKey());
        json.name("truncatedAlerts").whole(all.size() - kept);
        return json.closeObject().line();
    }

    private static void alert(GoJson json, Alert alert, Instant at) {
        boolean resolved = alert.resolvedAt(at);
        json.openObject();
        json.text("status", resolved ? "resolved" : "firing");
        json.name("labels").labels(alert.labels());
        json.name("annotations").labels(alert.annotations());
        json.text("startsAt", Rfc3339.nanos(alert.startsAt(), alert.startsAtOffset()));
        json.text("endsAt", resolved ? Rfc3339.nanos(alert.endsAt(), alert.endsAtOffset()) : ZERO_TIME);
        json.text("generatorURL", alert.generatorUrl());
        json.text("fingerprint", LabelSet.fingerprintText(alert.fingerprint()));
        json.closeObject();
    }

    private static String status(List<Alert> alerts, Instant at) {
        for (Alert alert : alerts) {
            if (!alert.resolvedAt(at)) {
                return "firing";
            }
        }
        return "resolved";
    }

    /** The pairs of the first alert that all others have too; a missing one counts as an empty value. */
    private static void common(GoJson json, List<Alert> alerts, Function<Alert, LabelSet> pairs) {
        LabelSet first = alerts.isEmpty() ? LabelSet.EMPTY : pairs.apply(alerts.getFirst());
        json.openObject();
        for (int i = 0; i < first.size(); i++) {
            String name = first.name(i);
            String value = first.value(i);
            boolean shared = true;
            for (int other = 1; shared && other < alerts.size(); other++) {
                shared = pairs.apply(alerts.get(other)).get(name).equals(value);
            }
            if (shared) {
                json.text(name, value);
            }
        }
        json.closeObject();
    }

    /** Old receivers matched the name as a regular expression; the escapes stayed. */
    static String quoteRegex(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (REGEX_SYNTAX.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }
}
