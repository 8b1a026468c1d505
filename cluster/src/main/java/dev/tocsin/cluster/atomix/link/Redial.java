package dev.tocsin.cluster.atomix.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect: a process that restarts is met again at once; one that is gone
 * while its host answers is asked for often enough to be known as gone; a host that stays away costs little. Used on the
 * hub loop.
 */
final class Redial {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration LATER = Duration.ofMillis(750);
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration STALE = Duration.ofMinutes(10);

    private final Duration longest;
    private final RandomGenerator random;

    /** @param longest the wait of those that have been away for long */
    Redial(Duration longest, RandomGenerator random) {
        this.longest = longest;
        this.random = random;
    }

    /**
     * Within a fifth of the plan, so that nodes do not move in step.
     *
     * @param refused whether the last attempt was refused by the host
     */
    Duration delay(int failures, boolean refused, long downNanos) {
        Duration plan = plan(failures, refused, downNanos);
        return plan.multipliedBy(80 + random.nextInt(41)).dividedBy(100);
    }

    private Duration plan(int failures, boolean refused, long downNanos) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        if (failures == 1) {
            return FIRST;
        }
        if (downNanos < FRESH.toNanos()) {
            return SOON;
        }
        return refused || downNanos < STALE.toNanos() || longest.compareTo(LATER) < 0 ? LATER : longest;
    }
}
