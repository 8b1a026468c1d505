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

    GroupTimer(Clock clock, Scheduler scheduler, Runnable ended) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.ended = ended;
    }

    /** Ends at that reading of {@link Clock#nanoTime()}, and not before. */
    void armAt(long nanos) {
        timer.cancel();
        nextNanos = nanos;
        timer = scheduler.schedule(Duration.ofNanos(nanos - clock.nanoTime()), ended);
    }

    void armIn(Duration wait) {
        armAt(clock.nanoTime() + wait.toNanos());
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

    /** A tick that should have come {@code nanos} ago. */
    Tick ago(long nanos) {
        return new Tick(clock.now().minusNanos(nanos), clock.nanoTime() - nanos);
    }
}
