package dev.tocsin.api.hub;

import dev.tocsin.api.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The documents that describe the interfaces, as OpenAPI 3.1. Read when they are asked for. Safe for all threads. */
final class Documents {
    private static final String FOLDER = "/dev/tocsin/api/openapi/";

    Response hub() {
        return document("hub.json");
    }

    Response apiV2() {
        return document("v2.json");
    }

    private static Response document(String name) {
        try (InputStream in = Documents.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            byte[] text = in.readAllBytes();
            return Response.stream(200, "application/json", out -> out.write(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
