package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.cluster.protocol.Timings;
import java.time.Duration;

/**
 * How long a denied claim waits before the flush decides again: the longer, the more nodes rank before this one, and the more
 * often it was denied for nothing but somebody else's promise. Used on the hub loop only.
 */
final class BackOff {
    private static final Duration LEAST = Duration.ofMillis(20);
    private static final Duration PER_RANK = Duration.ofMillis(100);
    private static final int MOST_DOUBLINGS = 4;

    private final Members members;
    private final Timings timings;

    BackOff(Members members, Timings timings) {
        this.members = members;
        this.timings = timings;
    }

    /**
     * What to wait after one more denial.
     *
     * @param news whether the denial told something that this node did not know
     */
    Duration delay(KeyClaims claims, boolean news) {
        int rank = members.ranking(claims.key.groupKey()).indexOf(members.self());
        Duration delay = LEAST.plus(PER_RANK.multipliedBy(Math.max(0, rank)));
        if (!news) {
            delay = delay.multipliedBy(1L << Math.min(claims.denials, MOST_DOUBLINGS));
            claims.denials++;
        }
        Duration most = timings.reask();
        return delay.compareTo(most) < 0 ? delay : most;
    }
}
