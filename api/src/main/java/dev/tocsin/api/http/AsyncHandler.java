package dev.tocsin.api.http;

import java.util.concurrent.CompletionStage;

/**
 * Answers requests without blocking: it runs on the connection's event loop, or on a worker if the body is large.
 * Safe for many threads.
 */
@FunctionalInterface
public non-sealed interface AsyncHandler extends Endpoint {
    /**
     * Takes {@code request}, whose body may be read until the stage completes. Any thread may complete the stage;
     * completing it exceptionally gives the client 500 and the log the trace.
     */
    CompletionStage<Response> handle(Request request);
}
