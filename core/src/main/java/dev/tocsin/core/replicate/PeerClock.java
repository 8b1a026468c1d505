package dev.tocsin.core.replicate;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * How the wall clock of the node that wrote a message stands to ours, so that its readings become ours: what was ten
 * seconds old there is ten seconds old here, however wrong either clock is. Immutable.
 *
 * <p>Clocks that agree are believed to the nanosecond, so that copies on different nodes are equal: an offset below
 * {@link #AGREEMENT}, which may as well be the time on the way, counts as none.
 *
 * @param offset what has to be added to a reading of theirs; zero if the clocks agree
 */
public record PeerClock(Duration offset) {
    /** Clocks that differ by no more than this agree. */
    public static final Duration AGREEMENT = Duration.ofSeconds(2);

    /** A clock that is ours. */
    public static final PeerClock OURS = new PeerClock(Duration.ZERO);

    /**
     * The clock of a peer.
     *
     * @param there what it read when the message was written
     * @param here what ours reads now
     */
    public static PeerClock of(Instant there, Instant here) {
        Duration offset = Duration.between(there, here);
        return offset.abs().compareTo(AGREEMENT) <= 0 ? OURS : new PeerClock(offset);
    }

    /** What our clock read, or will read, when theirs reads {@code there}; kept within what an instant can hold. */
    public Instant here(Instant there) {
        if (offset.isZero()) {
            return there;
        }
        try {
            return there.plus(offset);
        } catch (DateTimeException | ArithmeticException e) {
            return offset.isNegative() ? Instant.MIN : Instant.MAX;
        }
    }
}
