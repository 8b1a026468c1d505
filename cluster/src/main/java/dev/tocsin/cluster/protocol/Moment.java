package dev.tocsin.cluster.protocol;

import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * An instant by both clocks, to tell how long ago it was. Immutable.
 *
 * @param nanos the monotonic clock's reading; it may stand still while a machine sleeps
 * @param wall the wall clock's reading; it may jump
 */
public record Moment(long nanos, Instant wall) {
    /** This instant. */
    public static Moment now(Clock clock) {
        return new Moment(clock.nanoTime(), clock.now());
    }

    /** The time since then, by the clock that says more: whoever must not be late believes that one. */
    public Duration elapsed(Clock clock) {
        Duration monotonic = monotonic(clock);
        Duration byWall = Duration.between(wall, clock.now());
        return monotonic.compareTo(byWall) >= 0 ? monotonic : byWall;
    }

    /** The time since then, by the monotonic clock alone: whoever must not be early believes that one. */
    public Duration monotonic(Clock clock) {
        return Duration.ofNanos(clock.nanoTime() - nanos);
    }
}
