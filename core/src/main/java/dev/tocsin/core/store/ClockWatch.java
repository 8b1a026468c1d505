package dev.tocsin.core.store;

import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the wall clock was set back: what was heard before looks newer then than what is heard next. A clock that
 * was set forward cannot be told from a machine that slept. Used on the hub loop only.
 */
final class ClockWatch {
    /** Less than this harms nobody. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    private final Clock clock;
    private Instant wall;
    private long nanos;

    ClockWatch(Clock clock) {
        this.clock = clock;
        this.wall = clock.now();
        this.nanos = clock.nanoTime();
    }

    /** By how much the clock was set back since this was asked last; null if it was not. */
    @Nullable Duration setBack() {
        Instant before = wall;
        long passed = clock.nanoTime() - nanos;
        wall = clock.now();
        nanos += passed;
        Duration back = Duration.between(wall, before).plusNanos(passed);
        return back.compareTo(LEAST) > 0 ? back : null;
    }
}
