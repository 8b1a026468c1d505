package dev.tocsin.api.v2;

import dev.tocsin.api.http.Response;
import java.io.ByteArrayOutputStream;

/** The two shapes of errors and the JSON bodies of successes (contract section 7.2). Safe for all threads. */
final class Answers {
    private static final String JSON = "application/json";

    private final GoJson json;

    Answers(GoJson json) {
        this.json = json;
    }

    /** An error that the API's frame finds: an object, without a line end. */
    Response problem(int status, int code, String message) {
        return Response.bytes(status, JSON, json.bytes(out -> {
            json.escapeHtml(out, true);
            out.writeStartObject();
            out.writeNumberField("code", code);
            out.writeStringField("message", message);
            out.writeEndObject();
        }));
    }

    /** As {@link #problem(int, int, String)} with the HTTP status as code. */
    Response problem(int status, String message) {
        return problem(status, status, message);
    }

    /** An error that a handler finds: a string, with a line end. */
    Response error(int status, String message) {
        return value(status, out -> out.writeString(message));
    }

    /** A short value with a line end. */
    Response value(int status, GoJson.Writer writer) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(json.bytes(writer));
        line.write('\n');
        return Response.bytes(status, JSON, line.toByteArray());
    }

    /** A value that may be long, with a line end; written while it is sent. */
    Response stream(GoJson.Writer writer) {
        return Response.stream(200, JSON, out -> {
            try (var generator = json.generator(out)) {
                writer.writeTo(generator);
            }
            out.write('\n');
        });
    }
}
