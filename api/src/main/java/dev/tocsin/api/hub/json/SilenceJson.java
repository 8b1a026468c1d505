package dev.tocsin.api.hub.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.api.service.SilenceView;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Writes silences. */
public final class SilenceJson {
    private SilenceJson() {}

    /** One silence. */
    public static void silence(JsonGenerator json, SilenceView view) throws IOException {
        json.writeStartObject();
        fields(json, view);
        json.writeEndObject();
    }

    /** The members of a silence, into an object that is open. */
    public static void fields(JsonGenerator json, SilenceView view) throws IOException {
        Silence silence = view.silence();
        json.writeStringField("id", silence.id());
        json.writeStringField("state", view.state().name().toLowerCase(Locale.ROOT));
        json.writeArrayFieldStart("matcherSets");
        for (List<Matcher> set : silence.matcherSets()) {
            json.writeStartArray();
            for (Matcher matcher : set) {
                RouteJson.matcher(json, matcher);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        HubJson.time(json, "startsAt", silence.startsAt());
        HubJson.time(json, "endsAt", silence.endsAt());
        HubJson.time(json, "updatedAt", silence.updatedAt());
        json.writeStringField("createdBy", silence.createdBy());
        json.writeStringField("comment", silence.comment());
        HubJson.map(json, "annotations", silence.annotations());
    }
}
