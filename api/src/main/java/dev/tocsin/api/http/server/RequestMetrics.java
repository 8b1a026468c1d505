package dev.tocsin.api.http.server;

import dev.tocsin.api.http.Router;
import dev.tocsin.core.metrics.HistogramFamily;
import dev.tocsin.core.metrics.Metrics;

/** Counts requests by route (contract section 9). Safe for all threads. */
final class RequestMetrics {
    private static final double[] SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
    private static final double[] BYTES = {1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};

    private final HistogramFamily durations;
    private final HistogramFamily sizes;

    RequestMetrics(Metrics metrics) {
        this.durations = metrics.histogram(
                "alertmanager_http_request_duration_seconds",
                "Histogram of latencies for HTTP requests.",
                SECONDS,
                "handler",
                "method",
                "code");
        this.sizes = metrics.histogram(
                "alertmanager_http_response_size_bytes",
                "Histogram of response size for HTTP requests.",
                BYTES,
                "handler",
                "method");
    }

    void answered(Router.Match match, String method, int status, long bytes, long nanos) {
        String handler = match.handler();
        if (handler == null) {
            return;
        }
        String label = methodLabel(method);
        durations.labels(handler, label, codeLabel(status)).observe(nanos / 1e9);
        if (match.sizeMeasured()) {
            sizes.labels(handler, label).observe((double) bytes);
        }
    }

    /** Lower case; methods that HTTP does not know share one label, or clients could make as many as they like. */
    private static String methodLabel(String method) {
        return switch (method) {
            case "GET" -> "get";
            case "POST" -> "post";
            case "HEAD" -> "head";
            case "PUT" -> "put";
            case "DELETE" -> "delete";
            case "OPTIONS" -> "options";
            case "PATCH" -> "patch";
            case "CONNECT" -> "connect";
            case "TRACE" -> "trace";
            default -> "unknown";
        };
    }

    private static String codeLabel(int status) {
        return status == 200 ? "200" : Integer.toString(status);
    }
}
