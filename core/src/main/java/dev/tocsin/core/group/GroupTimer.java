package dev.tocsin.core.group;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import java.time.Duration;
import java.time.Instant;

/** The timer of one group. Used on the hub loop only. */
final class GroupTimer {
    /**
     * An end of the timer, by both clocks.
     *
     * @param graceNanos how much later it was told, because another node's word was waited for
     */
    record Tick(Instant at, long nanos, long graceNanos) {}

    /**
     * How much longer than the node that told a group last the others wait: mostly they hear before that it was told again,
     * and the group is never due for them.
     */
    static final Duration GRACE = Duration.ofMillis(250);

    private final Clock clock;
    private final Scheduler scheduler;
    private final Runnable ended;
    private Cancellable timer = Cancellable.NONE;
    private long nextNanos;
    private long graceNanos;

    GroupTimer(Clock clock, Scheduler scheduler, Runnable ended) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.ended = ended;
    }

    void armIn(Duration wait) {
        arm(wait.toNanos(), 0);
    }

    /** As the timer of the node that told the group last, which ends in {@code nanos}, but tells of its end later. */
    void follow(long nanos) {
        arm(nanos, GRACE.toNanos());
    }

    /**
     * Ends {@code interval} after it ended last, however late that was told: nodes that do not talk of it stay together.
     *
     * @param follows whether another node is to tell the group
     */
    void armAgain(Duration interval, boolean follows) {
        long nanos = nextNanos + interval.toNanos() - clock.nanoTime();
        boolean near = nanos > 0 && nanos <= interval.toNanos();
        arm(near ? nanos : interval.toNanos(), follows ? GRACE.toNanos() : 0);
    }

    private void arm(long nanos, long grace) {
        timer.cancel();
        nextNanos = clock.nanoTime() + nanos;
        graceNanos = grace;
        timer = scheduler.schedule(Duration.ofNanos(nanos + grace), ended);
    }

    /** Whether it would tell of its end later than it ends. */
    boolean hasGrace() {
        return graceNanos != 0;
    }

    /** Tells of its end when it ends: at once, if it has ended. */
    void endGrace() {
        if (hasGrace()) {
            long late = Math.max(0, clock.nanoTime() - nextNanos);
            arm(nextNanos - clock.nanoTime() + late, 0);
            nextNanos -= late;
            graceNanos = late;
        }
    }

    void cancel() {
        timer.cancel();
        graceNanos = 0;
    }

    /** When it ends next, or ended last. */
    long nextNanos() {
        return nextNanos;
    }

    /** The same by the wall clock as it is now. */
    Instant nextAt() {
        return clock.now().plusNanos(nextNanos - clock.nanoTime());
    }

    Tick now() {
        return new Tick(clock.now(), clock.nanoTime(), 0);
    }

    /** The tick of which the timer tells now. */
    Tick ended() {
        long late = graceNanos;
        graceNanos = 0;
        return ago(late, late);
    }

    /** A tick that should have come {@code nanos} ago. */
    Tick ago(long nanos) {
        return ago(nanos, 0);
    }

    private Tick ago(long nanos, long grace) {
        return new Tick(clock.now().minusNanos(nanos), clock.nanoTime() - nanos, grace);
    }
}
