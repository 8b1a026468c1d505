package dev.tocsin.api.http.server;

import dev.tocsin.api.http.AsyncHandler;
import dev.tocsin.api.http.PlainRouter;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Route;
import dev.tocsin.api.http.Router;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A route that answers with what it is sent, and requests for it. */
final class Echo {
    static final String GET = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

    private Echo() {}

    static Router router(Route... routes) {
        return new PlainRouter("/", List.of(routes), Map.of());
    }

    static Route echo(String method) {
        return new Route(method, "/echo", (AsyncHandler) request -> CompletableFuture.completedFuture(
                Response.bytes(200, "text/plain", request.body().copy())));
    }

    static String post(int length) {
        return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
    }
}
