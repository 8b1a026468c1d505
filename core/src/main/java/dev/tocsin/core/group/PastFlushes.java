package dev.tocsin.core.group;

import dev.tocsin.core.runtime.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of the flushes of one group that are over, here and elsewhere. Ticks are readings of
 * {@link Clock#nanoTime()}. Used on the hub loop only.
 */
final class PastFlushes {
    /** Timers of different nodes for one tick end this close to each other. */
    private static final long SLACK_NANOS = 1_000_000_000;

    private final Clock clock;
    private boolean wasTold;
    private long toldNanos;
    private boolean wasTried;
    private long triedNanos;

    PastFlushes(Clock clock) {
        this.clock = clock;
    }

    /** Notes a flush of this node. */
    void tried(long tickNanos, boolean ok) {
        wasTried = true;
        triedNanos = tickNanos;
        if (ok) {
            told(tickNanos);
        }
    }

    /** Notes a flush that went well; says whether it is the latest. */
    boolean told(long tickNanos) {
        if (wasTold && tickNanos - toldNanos <= 0) {
            return false;
        }
        wasTold = true;
        toldNanos = tickNanos;
        return true;
    }

    /** Whether a flush went well. */
    boolean wasTold() {
        return wasTold;
    }

    /** The tick of the latest flush that went well; only if there was one. */
    long toldNanos() {
        return toldNanos;
    }

    /** When the group was due for the latest flush that went well, by the wall clock as it is now; null if none did. */
    @Nullable Instant toldAt() {
        return wasTold ? clock.now().plusNanos(toldNanos - clock.nanoTime()) : null;
    }

    /** Whether this node has flushed the group for a tick that is not older, well or not. */
    boolean wasTriedSince(long tickNanos) {
        return wasTried && triedNanos - tickNanos >= 0;
    }

    /** Alerts that ended before this were told by the latest flush that went well, on whichever node; null if none did. */
    @Nullable Instant oldNewsEnd() {
        return wasTold ? clock.now().plusNanos(toldNanos - clock.nanoTime() - SLACK_NANOS) : null;
    }

    /** Whether a flush with one tick stands for a group that is due with another: the two may be the same on two nodes. */
    static boolean covers(long flushNanos, long dueNanos) {
        return flushNanos - dueNanos >= -SLACK_NANOS;
    }
}
