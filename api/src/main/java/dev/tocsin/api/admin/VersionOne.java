package dev.tocsin.api.admin;

import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers of the API's first version, which is gone (contract section 7.1). Safe for all threads. */
public final class VersionOne {
    private static final String BODY =
            "{\"status\":\"deprecated\",\"error\":\"The Alertmanager v1 API was deprecated in version 0.16.0 and is"
                    + " removed as of version 0.27.0 - please use the equivalent route in the v2 API\"}\n";

    private final Logger log = LoggerFactory.getLogger(VersionOne.class);

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                route("GET", "/status"),
                route("GET", "/receivers"),
                route("GET", "/alerts"),
                route("POST", "/alerts"),
                route("GET", "/silences"),
                route("POST", "/silences"),
                route("GET", "/silence/:sid"),
                route("DELETE", "/silence/:sid"));
    }

    private Route route(String method, String path) {
        return new Route(method, "/api/v1" + path, path, (Handler) this::gone);
    }

    private Response gone(Request request) {
        log.atWarn()
                .addKeyValue("path", request.rawPath())
                .addKeyValue("method", request.method())
                .log("v1 API received a request on a removed endpoint");
        return Response.bytes(410, "application/json", BODY.getBytes(StandardCharsets.UTF_8));
    }
}
