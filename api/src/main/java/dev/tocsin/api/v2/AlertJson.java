package dev.tocsin.api.v2;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.hub.GroupView;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.time.Rfc3339;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes alerts and groups (contract sections 7.6 and 7.7) into one generator. For one thread. */
final class AlertJson {
    private static final SerializableString ANNOTATIONS = new SerializedString("annotations");
    private static final SerializableString ENDS_AT = new SerializedString("endsAt");
    private static final SerializableString FINGERPRINT = new SerializedString("fingerprint");
    private static final SerializableString RECEIVERS = new SerializedString("receivers");
    private static final SerializableString STARTS_AT = new SerializedString("startsAt");
    private static final SerializableString STATUS = new SerializedString("status");
    private static final SerializableString INHIBITED_BY = new SerializedString("inhibitedBy");
    private static final SerializableString MUTED_BY = new SerializedString("mutedBy");
    private static final SerializableString SILENCED_BY = new SerializedString("silencedBy");
    private static final SerializableString STATE = new SerializedString("state");
    private static final SerializableString UPDATED_AT = new SerializedString("updatedAt");
    private static final SerializableString GENERATOR_URL = new SerializedString("generatorURL");
    private static final SerializableString LABELS = new SerializedString("labels");
    private static final SerializableString NAME = new SerializedString("name");

    private final GoJson style;
    private final JsonGenerator json;
    private final ZoneId zone;
    private final char[] time = new char[Rfc3339.MAX_LENGTH];

    /** @param zone in which times are shown that no client wrote */
    AlertJson(GoJson style, JsonGenerator json, ZoneId zone) {
        this.style = style;
        this.json = json;
        this.zone = zone;
    }

    void alerts(List<AlertView> alerts) throws IOException {
        style.escapeHtml(json, true);
        json.writeStartArray();
        for (AlertView alert : alerts) {
            alert(alert);
        }
        json.writeEndArray();
        style.escapeHtml(json, false);
    }

    void groups(List<GroupView> groups) throws IOException {
        json.writeStartArray();
        for (GroupView group : groups) {
            json.writeStartObject();
            json.writeFieldName("alerts");
            alerts(group.alerts());
            labels(LABELS, group.labels());
            json.writeFieldName("receiver");
            receiver(group.receiver());
            json.writeFieldName("routeLabels");
            map(group.routeLabels());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void alert(AlertView view) throws IOException {
        Alert alert = view.alert();
        json.writeStartObject();
        labels(ANNOTATIONS, alert.annotations());
        time(ENDS_AT, alert.endsAt(), alert.endsAtOffset());
        json.writeFieldName(FINGERPRINT);
        json.writeString(LabelSet.fingerprintText(alert.fingerprint()));
        json.writeFieldName(RECEIVERS);
        json.writeStartArray();
        for (String receiver : view.receivers()) {
            receiver(receiver);
        }
        json.writeEndArray();
        time(STARTS_AT, alert.startsAt(), alert.startsAtOffset());
        json.writeFieldName(STATUS);
        json.writeStartObject();
        texts(INHIBITED_BY, view.inhibitedBy());
        texts(MUTED_BY, view.mutedBy());
        texts(SILENCED_BY, view.silencedBy());
        json.writeFieldName(STATE);
        json.writeString(view.state());
        json.writeEndObject();
        time(UPDATED_AT, alert.updatedAt(), zone.getRules().getOffset(alert.updatedAt()));
        if (!alert.generatorUrl().isEmpty()) {
            json.writeFieldName(GENERATOR_URL);
            json.writeString(alert.generatorUrl());
        }
        labels(LABELS, alert.labels());
        json.writeEndObject();
    }

    private void receiver(String name) throws IOException {
        json.writeStartObject();
        json.writeFieldName(NAME);
        json.writeString(name);
        json.writeEndObject();
    }

    private void labels(SerializableString field, LabelSet labels) throws IOException {
        json.writeFieldName(field);
        json.writeStartObject();
        for (int i = 0; i < labels.size(); i++) {
            json.writeFieldName(labels.name(i));
            json.writeString(labels.value(i));
        }
        json.writeEndObject();
    }

    private void map(Map<String, String> texts) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    private void texts(SerializableString field, List<String> texts) throws IOException {
        json.writeFieldName(field);
        json.writeStartArray();
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private void time(SerializableString field, Instant instant, ZoneOffset offset) throws IOException {
        json.writeFieldName(field);
        json.writeString(time, 0, Rfc3339.writeMillis(time, 0, instant, offset));
    }
}
