package dev.tocsin.api.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers that are there at once. */
final class Completed {
    private Completed() {}

    static CompletionStage<Response> with(Response response) {
        return CompletableFuture.completedFuture(response);
    }
}
