package dev.tocsin.core.store;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprints of all stored alerts in their unsigned order. They are sorted only if some came or went since the last
 * question: lists are read page by page, and re-sends change no fingerprint. It holds eight bytes for each alert from the
 * first question on. The hub loop tells of changes; any thread may ask.
 */
final class SortedFingerprints {
    private final Set<Long> stored;
    private final AtomicLong changes = new AtomicLong();
    private volatile Sorted latest = new Sorted(-1, new long[0]);

    /** What was stored after {@code changes} changes, and perhaps some that came later. */
    private static final class Sorted {
        private final long changes;
        /** Flipped, so that signed order is the unsigned one. */
        private final long[] keys;

        Sorted(long changes, long[] keys) {
            this.changes = changes;
            this.keys = keys;
        }
    }

    /** @param stored a live view that may be read while it is written */
    SortedFingerprints(Set<Long> stored) {
        this.stored = stored;
    }

    /** Tells that a fingerprint was added or removed; call it afterwards. */
    void changed() {
        changes.incrementAndGet();
    }

    /**
     * Hands over those above {@code after}, rising, until {@code each} answers false.
     *
     * @param after null to begin at the first
     */
    void walk(@Nullable Long after, LongPredicate each) {
        long[] keys = sorted().keys;
        int next = 0;
        if (after != null) {
            int found = Arrays.binarySearch(keys, after ^ Long.MIN_VALUE);
            next = found < 0 ? -found - 1 : found + 1;
        }
        while (next < keys.length && each.test(keys[next] ^ Long.MIN_VALUE)) {
            next++;
        }
    }

    private Sorted sorted() {
        // read before the fingerprints: what changes meanwhile makes the next question sort again
        long now = changes.get();
        Sorted known = latest;
        if (known.changes != now) {
            long[] keys = new long[stored.size() + 16];
            int filled = 0;
            for (long fingerprint : stored) {
                if (filled == keys.length) {
                    keys = Arrays.copyOf(keys, keys.length * 2);
                }
                keys[filled++] = fingerprint ^ Long.MIN_VALUE;
            }
            keys = Arrays.copyOf(keys, filled);
            Arrays.sort(keys);
            known = new Sorted(now, keys);
            latest = known;
        }
        return known;
    }
}
