package dev.tocsin.core.store;

import dev.tocsin.core.replicate.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;

/**
 * Finds the alerts whose inferred end is near, each once and early enough for a question. It remembers the earliest end to
 * come, so that it looks through all alerts only when one of them may be near. On the hub loop only.
 */
final class AboutToEnd {
    private final Duration round;
    /** No alert ends before it that has to be found yet; the beginning of time if nobody has looked. */
    private Instant earliest = Instant.MIN;

    /** @param round the time between two calls of {@link #find} */
    AboutToEnd(Duration round) {
        this.round = round;
    }

    /** An alert was stored. */
    void stored(StoredAlert stored, Instant now) {
        Instant end = stored.alert().endsAt();
        if (end.isBefore(earliest) && end.isAfter(now)) {
            earliest = end;
        }
    }

    /** The clock was set back: ends that had passed are to come again. */
    void setBack() {
        earliest = Instant.MIN;
    }

    /** The buckets of the alerts whose inferred end is more than one round away, and not more than two. */
    BitSet find(Collection<StoredAlert> alerts, AsOf at) {
        BitSet buckets = new BitSet();
        Instant from = at.now().plus(round);
        Instant until = from.plus(round);
        if (earliest.isAfter(until)) {
            return buckets;
        }
        Instant next = Instant.MAX;
        for (StoredAlert stored : alerts) {
            Instant end = stored.alert().endsAt();
            if (end.isAfter(from)) {
                next = end.isBefore(next) ? end : next;
                if (!end.isAfter(until) && stored.endsUnheardBefore(at)) {
                    buckets.set(Buckets.of(stored.alert().fingerprint()));
                }
            }
        }
        earliest = next;
        return buckets;
    }
}
