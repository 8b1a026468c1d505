package dev.tocsin.core.group;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import java.time.Duration;
import java.time.Instant;

/** The timer of one group. Used on the hub loop only. */
final class GroupTimer {
    /** An end of the timer, by both clocks. */
    record Tick(Instant at, long nanos) {}

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
        armIn(wait.toNanos(), 0);
    }

    /** Ends in {@code nanos}, but tells of it only when {@code grace} nanoseconds more have passed. */
    void armIn(long nanos, long grace) {
        timer.cancel();
        nextNanos = clock.nanoTime() + nanos;
        graceNanos = grace;
        timer = scheduler.schedule(Duration.ofNanos(nanos + grace), ended);
    }

    void cancel() {
        timer.cancel();
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
        return new Tick(clock.now(), clock.nanoTime());
    }

    /** The tick of which the timer tells now. */
    Tick ended() {
        return graceNanos == 0 ? now() : ago(graceNanos);
    }

    /** A tick that should have come {@code nanos} ago. */
    Tick ago(long nanos) {
        return new Tick(clock.now().minusNanos(nanos), clock.nanoTime() - nanos);
    }
}
