package dev.tocsin.api.http.server;

import dev.tocsin.api.http.Response;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounds how many GETs are worked on at once, over all routes (contract section 7.2). Safe for all threads. */
final class GetLimit {
    private final int limit;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final CounterFamily.Child exceeded;

    GetLimit(int limit, Metrics metrics) {
        this.limit = limit;
        this.exceeded = metrics.counter(
                        "alertmanager_http_concurrency_limit_exceeded_total",
                        "Total number of times an HTTP request failed because the concurrency limit was reached.",
                        "method")
                .labels("get");
        metrics.gauge(
                        "alertmanager_http_requests_in_flight",
                        "Current number of HTTP requests being processed.",
                        "method")
                .labels("get")
                .set(inFlight::get);
    }

    /** Takes a place, which {@link #leave} gives back, or says that there is none. */
    boolean enter() {
        if (inFlight.incrementAndGet() > limit) {
            inFlight.decrementAndGet();
            exceeded.increment();
            return false;
        }
        return true;
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    Response refusal() {
        return Response.error(503, "Limit of concurrent GET requests reached (" + limit + "), try again later.\n\n");
    }
}
