package dev.tocsin.api.v2;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.time.Rfc3339;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes silences (contract section 7.8) into one generator, all times in UTC. */
final class SilenceJson {
    private final GoJson style;
    private final JsonGenerator json;
    private final Instant now;

    /** @param now when the state holds */
    SilenceJson(GoJson style, JsonGenerator json, Instant now) {
        this.style = style;
        this.json = json;
        this.now = now;
    }

    /** @param silence one with a single matcher set */
    void silence(Silence silence) throws IOException {
        style.escapeHtml(json, true);
        json.writeStartObject();
        json.writeStringField("id", silence.id());
        json.writeObjectFieldStart("status");
        json.writeStringField("state", Silences.state(silence, now).name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
        json.writeStringField("updatedAt", Rfc3339.millis(silence.updatedAt(), ZoneOffset.UTC));
        if (!silence.annotations().isEmpty()) {
            json.writeObjectFieldStart("annotations");
            for (Map.Entry<String, String> annotation : new TreeMap<>(silence.annotations()).entrySet()) {
                json.writeStringField(annotation.getKey(), annotation.getValue());
            }
            json.writeEndObject();
        }
        json.writeStringField("comment", silence.comment());
        json.writeStringField("createdBy", silence.createdBy());
        json.writeStringField("endsAt", Rfc3339.millis(silence.endsAt(), ZoneOffset.UTC));
        json.writeArrayFieldStart("matchers");
        for (Matcher matcher : silence.matcherSets().getFirst()) {
            json.writeStartObject();
            json.writeBooleanField("isEqual", matcher.type().isPositive());
            json.writeBooleanField("isRegex", matcher.type().isRegex());
            json.writeStringField("name", matcher.name());
            json.writeStringField("value", matcher.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("startsAt", Rfc3339.millis(silence.startsAt(), ZoneOffset.UTC));
        json.writeEndObject();
    }
}
