package dev.tocsin.api.metrics;

import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Route;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code /metrics} (contract sections 7.1 and 9). Safe for all threads. */
public final class MetricsRoutes {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";

    private final TextExposition exposition;
    private final CounterFamily requests;
    private final AtomicInteger inFlight = new AtomicInteger();

    /** Exposes {@code metrics}, and counts the scrapes among them. */
    public MetricsRoutes(Metrics metrics) {
        exposition = new TextExposition(metrics);
        requests = metrics.counter(
                "promhttp_metric_handler_requests_total", "Total number of scrapes by HTTP status code.", "code");
        for (String code : List.of("200", "500", "503")) {
            requests.labels(code);
        }
        metrics.gauge("promhttp_metric_handler_requests_in_flight", "Current number of scrapes being served.")
                .labels()
                .set(inFlight::get);
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(new Route("GET", "/metrics", (Handler) this::scrape));
    }

    private Response scrape(Request request) {
        return new Response(
                200, List.of(new Response.Header("Content-Type", TYPE)), new Response.Streamed(this::write, true));
    }

    private void write(OutputStream out) throws IOException {
        inFlight.incrementAndGet();
        boolean written = false;
        try {
            exposition.writeTo(out);
            written = true;
        } finally {
            inFlight.decrementAndGet();
            requests.labels(written ? "200" : "500").increment();
        }
    }
}
