package dev.tocsin.core.replicate;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * How the wall clock of the node that wrote a message stands to ours, so that its readings become ours: what was ten
 * seconds old there is ten seconds old here, however wrong either clock is. Immutable.
 *
 * <p>Clocks that agree are believed to the nanosecond, so that copies on different nodes are equal: an offset below
 * {@link #AGREEMENT}, which may as well be the time on the way, counts as none. But what was over there is over here.
 *
 * @param there what the peer's clock read when the message was written
 * @param here what ours read when it came
 * @param offset what has to be added to a reading of theirs; zero if the clocks agree
 */
public record PeerClock(Instant there, Instant here, Duration offset) {
    /** Clocks that differ by no more than this agree. */
    public static final Duration AGREEMENT = Duration.ofSeconds(2);

    /** A clock that is ours. */
    public static final PeerClock OURS = new PeerClock(Instant.EPOCH, Instant.EPOCH, Duration.ZERO);

    /** The clock of a peer that read {@code there} when ours read {@code here}. */
    public static PeerClock of(Instant there, Instant here) {
        Duration offset = Duration.between(there, here);
        return new PeerClock(there, here, offset.abs().compareTo(AGREEMENT) <= 0 ? Duration.ZERO : offset);
    }

    /** What our clock read, or will read, when theirs reads {@code time}; kept within what an instant can hold. */
    public Instant here(Instant time) {
        return plus(time, isOverHereToo(time) ? offset : exact().offset);
    }

    /** This clock, not believed though it agrees. */
    public PeerClock exact() {
        return new PeerClock(there, here, Duration.between(there, here));
    }

    /** Whether {@code time} has passed by our clock if it has passed by theirs. */
    public boolean isOverHereToo(Instant time) {
        return time.isAfter(there) || !plus(time, offset).isAfter(here);
    }

    private static Instant plus(Instant time, Duration offset) {
        if (offset.isZero()) {
            return time;
        }
        try {
            return time.plus(offset);
        } catch (DateTimeException | ArithmeticException e) {
            return offset.isNegative() ? Instant.MIN : Instant.MAX;
        }
    }
}
