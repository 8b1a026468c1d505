package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.cluster.protocol.Rule;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that nobody sends beyond its lease. Used on the hub loop only. */
final class Leases {
    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    private final Shared shared;

    Leases(Shared shared) {
        this.shared = shared;
    }

    boolean maySend(Attempt attempt) {
        return attempt.state == Attempt.State.SENDING && !attempt.lapsed && !hasLapsed(attempt);
    }

    private boolean hasLapsed(Attempt attempt) {
        return shared.context.has(Rule.LEASE)
                && attempt.leaseFrom
                                .elapsed(shared.context.clock())
                                .compareTo(shared.context.timings().holderLease())
                        > 0;
    }

    void watch(Attempt attempt) {
        if (attempt.state != Attempt.State.SENDING) {
            return;
        }
        if (hasLapsed(attempt)) {
            lapse(attempt, "the lease has lapsed");
            return;
        }
        Duration left =
                shared.context.timings().holderLease().minus(attempt.leaseFrom.monotonic(shared.context.clock()));
        Duration wait = left.isNegative() ? shared.context.timings().holderLease() : left;
        attempt.timer = shared.context.loop().schedule(wait.plusMillis(1), () -> watch(attempt));
    }

    void lapse(Attempt attempt, String why) {
        if (!attempt.lapsed) {
            shared.metrics.claimed("lapsed");
            log.atWarn()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("claim", attempt.id())
                    .addKeyValue("reason", why)
                    .log("Claim lost while sending");
            attempt.lapse();
        }
    }
}
