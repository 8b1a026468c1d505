package dev.tocsin.core.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A set of alerts, each told by the xxhash64 of its labels (contract section 6.4). Immutable; safe for all threads.
 */
public final class AlertHashes {
    /** The set without alerts. */
    public static final AlertHashes EMPTY = new AlertHashes(new long[0]);

    /** Rising, each once. */
    private final long[] sorted;

    private AlertHashes(long[] sorted) {
        this.sorted = sorted;
    }

    /** The set of {@code hashes}, in any order, doubles allowed. */
    public static AlertHashes of(long... hashes) {
        if (hashes.length == 0) {
            return EMPTY;
        }
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        int filled = 1;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] != sorted[filled - 1]) {
                sorted[filled++] = sorted[i];
            }
        }
        return new AlertHashes(filled == sorted.length ? sorted : Arrays.copyOf(sorted, filled));
    }

    /** The number of alerts. */
    public int size() {
        return sorted.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return sorted.length == 0;
    }

    /** Whether the alert with this hash is in the set. */
    public boolean contains(long hash) {
        return Arrays.binarySearch(sorted, hash) >= 0;
    }

    /** Whether every alert of {@code other} is in this set. */
    public boolean containsAll(AlertHashes other) {
        if (other.sorted.length > sorted.length) {
            return false;
        }
        int at = 0;
        for (long hash : other.sorted) {
            while (at < sorted.length && sorted[at] < hash) {
                at++;
            }
            if (at == sorted.length || sorted[at] != hash) {
                return false;
            }
            at++;
        }
        return true;
    }

    /** The hash at {@code index}, counted from 0 in rising (signed) order. */
    public long get(int index) {
        return sorted[index];
    }

    /** The hashes in rising (signed) order; the caller's own copy. */
    public long[] toArray() {
        return sorted.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AlertHashes hashes && Arrays.equals(sorted, hashes.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
