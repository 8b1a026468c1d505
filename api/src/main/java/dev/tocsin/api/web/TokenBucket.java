package dev.tocsin.api.web;

import dev.tocsin.core.runtime.Clock;

/** Counts out requests at a {@link RateLimit}. Full at first. Guarded by its own lock. */
final class TokenBucket {
    private final RateLimit limit;
    private final Clock clock;
    private double tokens;
    private long filledAt;

    TokenBucket(RateLimit limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
        this.tokens = limit.burst();
        this.filledAt = clock.nanoTime();
    }

    RateLimit limit() {
        return limit;
    }

    /** Takes a token, if one is there. */
    synchronized boolean take() {
        long now = clock.nanoTime();
        double back = (double) (now - filledAt) / (double) limit.interval().toNanos();
        tokens = Math.min((double) limit.burst(), tokens + Math.max(back, 0));
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
