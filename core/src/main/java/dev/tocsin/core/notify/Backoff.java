package dev.tocsin.core.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The waits between attempts: half a second, growing by half each time up to a minute, each spread by half of itself to
 * both sides so that receivers in trouble are not asked in step (contract section 5.4). One instance per notification.
 */
final class Backoff {
    private static final double FIRST_MILLIS = 500;
    private static final double MAX_MILLIS = 60_000;
    private static final double GROWTH = 1.5;
    private static final double SPREAD = 0.5;

    private final RandomGenerator random;
    private double millis = FIRST_MILLIS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The time from the start of the attempt made last to the start of the next one. */
    Duration next() {
        double spread = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        Duration wait = Duration.ofNanos((long) (millis * spread * 1_000_000));
        millis = Math.min(MAX_MILLIS, millis * GROWTH);
        return wait;
    }
}
