package dev.tocsin.api.hub;

import dev.tocsin.api.hub.request.Problem;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.service.ServiceException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits on a worker's thread for what the hub loop or other nodes answer, for a bounded time. */
final class Patience {
    /** How long an answer may take that has no time of its own. */
    static final Duration USUAL = Duration.ofSeconds(10);

    private Patience() {}

    /**
     * What {@code stage} completes with.
     *
     * @throws ServiceException if it completes with that
     * @throws ProblemException if it takes longer than {@code bound}
     */
    static <T> T await(CompletionStage<T> stage, Duration bound) throws ProblemException {
        try {
            return stage.toCompletableFuture().get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ProblemException(
                    new Problem(504, "TIMEOUT", "there was no answer within " + bound.toSeconds() + " seconds"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(new Problem(503, "STOPPING", "the node stops"));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof ServiceException refused) {
                throw refused;
            }
            throw new IllegalStateException(cause);
        }
    }
}
