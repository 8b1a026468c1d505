package dev.tocsin.api.web;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests that are turned away, and says so now and then: a Prometheus with a wrong password posts alerts that
 * nobody ever sees. Names are not logged, for people type passwords there. Guarded by its own lock.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final Clock clock;
    private final CounterFamily.Child unauthenticated;
    private final CounterFamily.Child tooMany;
    private final CounterFamily.Child busy;
    private long since;
    private long lineAt;

    Refusals(Clock clock, Metrics metrics) {
        this.clock = clock;
        this.lineAt = clock.nanoTime();
        CounterFamily refused = metrics.counter(
                "tocsin_web_requests_refused_total",
                "Requests that were turned away: without a right password, beyond the rate limit, or with too many waiting.",
                "reason");
        this.unauthenticated = refused.labels("unauthenticated");
        this.tooMany = refused.labels("rate_limit");
        this.busy = refused.labels("busy");
    }

    void note(Admission admission) {
        switch (admission) {
            case ADMITTED -> {
                return;
            }
            case UNAUTHENTICATED -> unauthenticated.increment();
            case TOO_MANY_REQUESTS -> tooMany.increment();
            case BUSY -> busy.increment();
        }
        long count = due();
        if (count > 0) {
            LOG.atWarn()
                    .addKeyValue("component", "web")
                    .addKeyValue("last", admission)
                    .addKeyValue("requests", count)
                    .log("Requests are turned away");
        }
    }

    /** How many there were since the last line, this one included; 0 if it is too early for another line. */
    private synchronized long due() {
        since++;
        long now = clock.nanoTime();
        if (now - lineAt < 0) {
            return 0;
        }
        lineAt = now + BETWEEN_LINES.toNanos();
        long count = since;
        since = 0;
        return count;
    }
}
