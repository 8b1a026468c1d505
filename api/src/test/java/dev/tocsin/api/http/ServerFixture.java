package dev.tocsin.api.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Routes, limits and requests that the tests of the server share. */
final class ServerFixture {
    static final String GET = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";
    static final HttpServerOptions.Limits DEFAULT = HttpServerOptions.Limits.DEFAULT;

    private ServerFixture() {}

    static Router router(Route... routes) {
        return new PlainRouter("/", List.of(routes), Map.of());
    }

    static Route echo(String method) {
        return new Route(method, "/echo", (AsyncHandler) request ->
                Completed.with(Response.bytes(200, "text/plain", request.body().copy())));
    }

    static HttpServerOptions.Limits bodies(int bytes, long all) {
        return new HttpServerOptions.Limits(
                bytes,
                all,
                DEFAULT.requestLineBytes(),
                DEFAULT.headerBytes(),
                DEFAULT.connections(),
                DEFAULT.headTime(),
                DEFAULT.bodyTime(),
                DEFAULT.stallTime(),
                DEFAULT.idleTime());
    }

    static HttpServerOptions.Limits times(long headMillis, long bodyMillis, long stallMillis, long idleMillis) {
        return new HttpServerOptions.Limits(
                DEFAULT.bodyBytes(),
                DEFAULT.allBodiesBytes(),
                DEFAULT.requestLineBytes(),
                DEFAULT.headerBytes(),
                DEFAULT.connections(),
                Duration.ofMillis(headMillis),
                Duration.ofMillis(bodyMillis),
                Duration.ofMillis(stallMillis),
                Duration.ofMillis(idleMillis));
    }

    static String post(int length) {
        return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
    }

    static double exceeded(TestServer server) {
        return server.metrics()
                .counter("alertmanager_http_concurrency_limit_exceeded_total", "", "method")
                .labels("get")
                .value();
    }

    static double inFlight(TestServer server) {
        return server.metrics()
                .gauge("alertmanager_http_requests_in_flight", "", "method")
                .labels("get")
                .value();
    }
}
