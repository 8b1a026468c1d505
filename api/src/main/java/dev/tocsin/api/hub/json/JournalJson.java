package dev.tocsin.api.hub.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.core.explain.HistoryLine;
import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.label.LabelSet;
import java.io.IOException;
import java.util.List;

/** Writes what journals remember. */
public final class JournalJson {
    private JournalJson() {}

    /** A field with what was remembered. */
    public static void lines(JsonGenerator json, String field, List<HistoryLine> lines) throws IOException {
        json.writeArrayFieldStart(field);
        for (HistoryLine line : lines) {
            json.writeStartObject();
            json.writeStringField("node", line.node());
            HubJson.time(json, "at", line.at());
            event(json, line.event());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** One entry of a journal. */
    public static void entry(JsonGenerator json, JournalEntry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("node", entry.node());
        json.writeNumberField("offset", entry.offset());
        HubJson.time(json, "at", entry.at());
        event(json, entry.event());
        json.writeEndObject();
    }

    /** The members of an event, into an object that is open. */
    public static void event(JsonGenerator json, JournalEvent event) throws IOException {
        json.writeStringField("kind", event.type().text());
        json.writeStringField("reason", event.reason());
        if (!event.groupKey().isEmpty()) {
            json.writeStringField("groupKey", event.groupKey());
        }
        if (!event.receiver().isEmpty()) {
            json.writeStringField("receiver", event.receiver());
        }
        if (event instanceof NotificationEvent notification) {
            json.writeStringField("integration", notification.to().integration());
            notification(json, notification);
        }
    }

    private static void notification(JsonGenerator json, NotificationEvent event) throws IOException {
        switch (event) {
            case NotificationEvent.Attempted attempted -> {
                json.writeNumberField("sequence", attempted.sequence());
                json.writeNumberField("attempt", attempted.attempt());
                json.writeNumberField("tookMillis", attempted.took().toMillis());
                json.writeStringField("answer", attempted.result());
            }
            case NotificationEvent.Delivered delivered -> {
                json.writeNumberField("sequence", delivered.sequence());
                json.writeNumberField("attempts", delivered.attempts());
                json.writeBooleanField("possibleRepeat", delivered.marked());
                json.writeStringField("answer", delivered.answer());
                fingerprints(json, "firing", delivered.firing());
                fingerprints(json, "resolved", delivered.resolved());
            }
            case NotificationEvent.Failed failed -> {
                json.writeNumberField("sequence", failed.sequence());
                json.writeNumberField("attempts", failed.attempts());
                json.writeStringField("failure", failed.failure().label());
                json.writeStringField("answer", failed.error());
            }
            default -> {
                // its reason says it all
            }
        }
    }

    private static void fingerprints(JsonGenerator json, String field, Fingerprints fingerprints) throws IOException {
        json.writeArrayFieldStart(field);
        for (int i = 0; i < fingerprints.size(); i++) {
            json.writeString(LabelSet.fingerprintText(fingerprints.at(i)));
        }
        json.writeEndArray();
    }
}
