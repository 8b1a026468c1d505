package dev.tocsin.core.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.event.EventData.Group;
import dev.tocsin.core.label.AlertHash;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.silence.Silence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes events as the JSON mapping of protocol buffers version 3 prescribes for the contract's messages (section 2.10):
 * keys in the order of the messages' fields, 64-bit numbers as texts, and no key for an empty text, list or zero. Safe for
 * all threads.
 */
final class EventJson {
    /** How a notification tells that an alert has not ended. */
    private static final Instant NOT_ENDED = Instant.parse("0001-01-01T00:00:00Z");

    private final JsonFactory factory = new JsonFactory();
    private final String instance;

    /** @param instance this node's host name */
    EventJson(String instance) {
        this.instance = instance;
    }

    /** The JSON text, UTF-8, without a line end. */
    byte[] write(RecordedEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("@timestamp", time(event.at()));
            text(json, "instance", instance);
            json.writeObjectFieldStart("data");
            data(json, event);
            json.writeEndObject();
            if (event.position() != 0) {
                json.writeNumberField("clusterPosition", event.position());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void data(JsonGenerator json, RecordedEvent event) throws IOException {
        switch (event.data()) {
            case EventData.Startup(String version, String buildContext) -> {
                json.writeObjectFieldStart("alertmanagerStartupEvent");
                text(json, "version", version);
                text(json, "buildContext", buildContext);
            }
            case EventData.Shutdown() -> json.writeObjectFieldStart("alertmanagerShutdownEvent");
            case EventData.AlertCreated(Alert alert) -> {
                json.writeObjectFieldStart("alertCreated");
                alert(json, "alert", alert, alert.endsAt(), event.at());
            }
            case EventData.AlertGrouped(Alert alert, Group group) -> {
                json.writeObjectFieldStart("alertGrouped");
                json.writeFieldName("alert");
                grouped(json, alert, event.at());
                group(json, group);
            }
            case EventData.AlertResolved(Alert alert, Group group) -> {
                json.writeObjectFieldStart("alertResolved");
                json.writeFieldName("alert");
                grouped(json, alert, event.at());
                group(json, group);
            }
            case EventData.Notification notification -> {
                json.writeObjectFieldStart("notification");
                notification(json, notification, event.at());
            }
            case EventData.SilenceCreated(Silence silence) -> {
                json.writeObjectFieldStart("silenceCreated");
                silence(json, silence);
            }
            case EventData.SilenceUpdated(Silence silence) -> {
                json.writeObjectFieldStart("silenceUpdated");
                silence(json, silence);
            }
            case EventData.SilenceMuted(Silence silence, LabelSet alert) -> {
                json.writeObjectFieldStart("silenceMutedAlert");
                silence(json, silence);
                muted(json, alert);
            }
            case EventData.InhibitionMuted inhibition -> {
                json.writeObjectFieldStart("inhibitionMutedAlert");
                inhibition(json, inhibition);
            }
        }
        json.writeEndObject();
    }

    private static void notification(JsonGenerator json, EventData.Notification notification, Instant at)
            throws IOException {
        if (!notification.alerts().isEmpty()) {
            json.writeArrayFieldStart("alerts");
            Set<Long> firing = new HashSet<>(notification.firing());
            for (Alert alert : notification.alerts()) {
                long hash = AlertHash.of(alert.labels());
                grouped(json, hash, alert, firing.contains(hash) ? NOT_ENDED : alert.endsAt(), at);
            }
            json.writeEndArray();
        }
        hashes(json, "firingAlerts", notification.firing());
        hashes(json, "resolvedAlerts", notification.resolved());
        hashes(json, "mutedAlerts", notification.muted());
        group(json, notification.group());
        json.writeStringField("repeatInterval", ProtoText.duration(notification.repeatInterval()));
        text(json, "reason", reason(notification.reason()));
        whole(json, "flushId", notification.flush());
        json.writeObjectFieldStart("integration");
        text(json, "name", notification.integration());
        whole(json, "index", notification.index());
        json.writeEndObject();
    }

    private static String reason(NotificationReason reason) {
        return switch (reason) {
            case UNKNOWN -> "";
            case FIRST_NOTIFICATION -> "NOTIFY_REASON_FIRST_NOTIFICATION";
            case NEW_ALERTS_ADDED -> "NOTIFY_REASON_NEW_ALERTS_IN_GROUP";
            case SOME_ALERTS_RESOLVED -> "NOTIFY_REASON_NEW_RESOLVED_ALERTS";
            case ALL_ALERTS_RESOLVED -> "NOTIFY_REASON_ALL_ALERTS_RESOLVED";
            case REPEAT_INTERVAL_ELAPSED -> "NOTIFY_REASON_REPEAT_INTERVAL_ELAPSED";
        };
    }

    private static void hashes(JsonGenerator json, String name, List<Long> hashes) throws IOException {
        if (hashes.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (long hash : hashes) {
            json.writeStartObject();
            whole(json, "hash", hash);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void grouped(JsonGenerator json, Alert alert, Instant at) throws IOException {
        grouped(json, AlertHash.of(alert.labels()), alert, alert.endsAt(), at);
    }

    private static void grouped(JsonGenerator json, long hash, Alert alert, Instant end, Instant at)
            throws IOException {
        json.writeStartObject();
        whole(json, "hash", hash);
        alert(json, "details", alert, end, at);
        json.writeEndObject();
    }

    private static void alert(JsonGenerator json, String name, Alert alert, Instant end, Instant at)
            throws IOException {
        json.writeObjectFieldStart(name);
        whole(json, "fingerprint", alert.fingerprint());
        text(json, "name", alert.name());
        labels(json, "labels", alert.labels());
        labels(json, "annotations", alert.annotations());
        json.writeStringField("startsAt", time(alert.startsAt()));
        json.writeStringField("endsAt", time(end));
        if (!end.equals(NOT_ENDED) && alert.resolvedAt(at)) {
            json.writeBooleanField("resolved", true);
        }
        json.writeEndObject();
    }

    private static void group(JsonGenerator json, Group group) throws IOException {
        json.writeObjectFieldStart("groupInfo");
        text(json, "groupKey", group.key());
        labels(json, "groupLabels", group.labels());
        text(json, "groupId", sha256(group.key()));
        text(json, "receiverName", group.receiver());
        matchers(json, "matchers", group.matchers());
        text(json, "groupUuid", group.uuid());
        json.writeEndObject();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void silence(JsonGenerator json, Silence silence) throws IOException {
        json.writeObjectFieldStart("silence");
        text(json, "id", silence.id());
        if (!silence.matcherSets().isEmpty()) {
            matchers(json, "matchers", silence.matcherSets().getFirst());
        }
        if (!silence.annotations().isEmpty()) {
            labels(json, "annotations", LabelSet.of(Map.copyOf(silence.annotations())));
        }
        json.writeStringField("startsAt", time(silence.startsAt()));
        json.writeStringField("endsAt", time(silence.endsAt()));
        json.writeStringField("updatedAt", time(silence.updatedAt()));
        text(json, "createdBy", silence.createdBy());
        text(json, "comment", silence.comment());
        if (!silence.matcherSets().isEmpty()) {
            json.writeArrayFieldStart("matcherSets");
            for (List<Matcher> set : silence.matcherSets()) {
                json.writeStartObject();
                matchers(json, "matchers", set);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void inhibition(JsonGenerator json, EventData.InhibitionMuted inhibition) throws IOException {
        json.writeArrayFieldStart("inhibitRules");
        json.writeStartObject();
        matchers(json, "sourceMatchers", inhibition.source());
        matchers(json, "targetMatchers", inhibition.target());
        if (!inhibition.equal().isEmpty()) {
            json.writeArrayFieldStart("equalLabels");
            for (String label : inhibition.equal().stream().sorted().toList()) {
                json.writeString(label);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
        muted(json, inhibition.alert());
        json.writeArrayFieldStart("inhibitingFingerprints");
        json.writeString(Long.toUnsignedString(inhibition.inhibiting()));
        json.writeEndArray();
    }

    private static void muted(JsonGenerator json, LabelSet alert) throws IOException {
        json.writeObjectFieldStart("mutedAlert");
        labels(json, "labels", alert);
        whole(json, "fingerprint", alert.fingerprint());
        json.writeEndObject();
    }

    private static void labels(JsonGenerator json, String name, LabelSet labels) throws IOException {
        json.writeObjectFieldStart(name);
        if (!labels.isEmpty()) {
            json.writeArrayFieldStart("labels");
            for (int i = 0; i < labels.size(); i++) {
                json.writeStartObject();
                text(json, "key", labels.name(i));
                text(json, "value", labels.value(i));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void matchers(JsonGenerator json, String name, List<Matcher> matchers) throws IOException {
        if (matchers.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (Matcher matcher : matchers) {
            json.writeStartObject();
            text(json, "type", type(matcher.type()));
            text(json, "name", matcher.name());
            text(json, "pattern", matcher.value());
            text(json, "rendered", matcher.toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String type(MatchType type) {
        return switch (type) {
            case EQUAL -> "TYPE_EQUAL";
            case NOT_EQUAL -> "TYPE_NOT_EQUAL";
            case REGEXP -> "TYPE_REGEXP";
            case NOT_REGEXP -> "TYPE_NOT_REGEXP";
        };
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private static void whole(JsonGenerator json, String name, long value) throws IOException {
        if (value != 0) {
            json.writeStringField(name, Long.toUnsignedString(value));
        }
    }

    private static String time(Instant time) {
        return ProtoText.time(time);
    }
}
