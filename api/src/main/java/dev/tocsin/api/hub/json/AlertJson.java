package dev.tocsin.api.hub.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.label.LabelSet;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Writes alerts.
 *
 * @param now when the states hold
 * @param labels the labels to show; empty for all, and annotations with them
 */
public record AlertJson(Instant now, List<String> labels) {
    /** Copies the list. */
    public AlertJson {
        labels = List.copyOf(labels);
    }

    /** A field with alerts. */
    public void alerts(JsonGenerator json, String field, List<AlertView> alerts) throws IOException {
        json.writeArrayFieldStart(field);
        for (AlertView alert : alerts) {
            alert(json, alert);
        }
        json.writeEndArray();
    }

    /** One alert. */
    public void alert(JsonGenerator json, AlertView view) throws IOException {
        json.writeStartObject();
        fields(json, view);
        json.writeEndObject();
    }

    /** The members of an alert, into an object that is open. */
    public void fields(JsonGenerator json, AlertView view) throws IOException {
        Alert alert = view.alert();
        json.writeStringField("fingerprint", LabelSet.fingerprintText(alert.fingerprint()));
        if (labels.isEmpty()) {
            HubJson.labels(json, "labels", alert.labels());
            HubJson.labels(json, "annotations", alert.annotations());
        } else {
            json.writeObjectFieldStart("labels");
            for (String name : labels) {
                String value = alert.labels().find(name);
                if (value != null) {
                    json.writeStringField(name, value);
                }
            }
            json.writeEndObject();
        }
        HubJson.time(json, "startsAt", alert.startsAt());
        HubJson.time(json, "endsAt", alert.endsAt());
        HubJson.time(json, "updatedAt", alert.updatedAt());
        if (!alert.generatorUrl().isEmpty()) {
            json.writeStringField("generatorUrl", alert.generatorUrl());
        }
        json.writeStringField("state", alert.resolvedAt(now) ? "resolved" : view.state());
        HubJson.texts(json, "silencedBy", view.silencedBy());
        HubJson.texts(json, "inhibitedBy", view.inhibitedBy());
        HubJson.texts(json, "mutedBy", view.mutedBy());
        HubJson.texts(json, "receivers", view.receivers());
    }
}
