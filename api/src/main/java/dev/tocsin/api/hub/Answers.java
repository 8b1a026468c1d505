package dev.tocsin.api.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.json.HubJson;

/** Answers that went well. */
final class Answers {
    private static final String JSON = "application/json";

    private Answers() {}

    /** One object, which may be long: it is written while it is sent. */
    static Response object(HubJson.Writer fields) {
        return Response.stream(200, JSON, out -> {
            try (JsonGenerator json = HubJson.generator(out)) {
                json.writeStartObject();
                fields.writeTo(json);
                json.writeEndObject();
            }
            out.write('\n');
        });
    }
}
