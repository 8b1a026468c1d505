package dev.tocsin.api.http;

import java.util.concurrent.CompletionStage;

/**
 * Stands before all routes, those that do not exist included: authentication, headers for every answer. It must not
 * block. Safe for many threads.
 */
@FunctionalInterface
public interface Filter {
    /** Answers {@code request} itself, or hands it to {@code next} and may change what comes back. */
    CompletionStage<Response> apply(Request request, AsyncHandler next);
}
