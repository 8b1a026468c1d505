package dev.tocsin.cluster.protocol;

import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node's hub loop has just stood still, and how late its ticks come. Written on the hub loop only; any thread
 * may ask {@link #standsStill}.
 */
final class StallWatch {
    private final Clock clock;
    private final Timings timings;
    private Moment lastTick;
    private volatile Moment lastAwake;
    private long lagNanos;

    StallWatch(Clock clock, Timings timings) {
        this.clock = clock;
        this.timings = timings;
        this.lastTick = Moment.now(clock);
        this.lastAwake = lastTick;
    }

    /** What went by until now is no stall: ticks begin. */
    void start() {
        lastTick = Moment.now(clock);
        lastAwake = lastTick;
    }

    /**
     * The loop does something. One that is only behind with its work does so all the time and has not stood still.
     *
     * @return how long it had stood still; null if it had not
     */
    @Nullable Duration wake() {
        Duration gap = lastAwake.elapsed(clock);
        lastAwake = Moment.now(clock);
        return gap.compareTo(timings.pause()) > 0 ? gap : null;
    }

    /** A tick has come, one ping after the one before if it is in time. */
    void tick() {
        lagNanos = Math.clamp(
                lastTick.monotonic(clock).minus(timings.ping()).toNanos(),
                0,
                timings.pause().toNanos());
        lastTick = Moment.now(clock);
    }

    /** How late the latest tick came, up to the length of a pause: answers may be waiting since. */
    long lagNanos() {
        return lagNanos;
    }

    /** Whether the loop has done nothing for the length of a pause. */
    boolean standsStill() {
        return lastAwake.elapsed(clock).compareTo(timings.pause()) > 0;
    }
}
