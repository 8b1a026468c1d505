package dev.tocsin.api.http;

import java.util.List;
import java.util.Map;

/** A route that answers with what it is sent, and requests for it. */
final class Echo {
    static final String GET = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

    private Echo() {}

    static Router router(Route... routes) {
        return new PlainRouter("/", List.of(routes), Map.of());
    }

    static Route echo(String method) {
        return new Route(method, "/echo", (AsyncHandler) request ->
                Completed.with(Response.bytes(200, "text/plain", request.body().copy())));
    }

    static String post(int length) {
        return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
    }
}
