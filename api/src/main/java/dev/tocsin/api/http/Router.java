package dev.tocsin.api.http;

import org.jspecify.annotations.Nullable;

/** Finds what answers a request. Immutable; safe for all threads. */
@FunctionalInterface
public interface Router {
    /** The endpoint for {@code request}; unknown paths and methods have one that says so. */
    Match match(Request request);

    /**
     * A request's endpoint.
     *
     * @param handler the {@code handler} label of the request metrics; null if such requests are not measured
     * @param sizeMeasured whether the size of the answer is measured too
     * @param endpoint what answers
     */
    record Match(@Nullable String handler, boolean sizeMeasured, Endpoint endpoint) {
        /** An endpoint outside of the metrics. */
        public static Match unmeasured(Endpoint endpoint) {
            return new Match(null, false, endpoint);
        }
    }
}
