package dev.tocsin.core.journal;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** An immutable set of alert fingerprints, eight bytes each. */
public final class Fingerprints {
    /** No fingerprint. */
    public static final Fingerprints NONE = new Fingerprints(new long[0]);

    /** Rising, without repetitions. */
    private final long[] sorted;

    private Fingerprints(long[] sorted) {
        this.sorted = sorted;
    }

    /** The set of these fingerprints, in any order. */
    public static Fingerprints of(long... fingerprints) {
        return ofOwned(fingerprints.clone());
    }

    /** The fingerprints of {@code alerts}. */
    public static Fingerprints of(Collection<Alert> alerts) {
        long[] all = new long[alerts.size()];
        int filled = 0;
        for (Alert alert : alerts) {
            all[filled++] = alert.fingerprint();
        }
        return ofOwned(all);
    }

    private static Fingerprints ofOwned(long[] all) {
        if (all.length == 0) {
            return NONE;
        }
        Arrays.sort(all);
        int kept = 1;
        for (int i = 1; i < all.length; i++) {
            if (all[i] != all[kept - 1]) {
                all[kept++] = all[i];
            }
        }
        return new Fingerprints(kept == all.length ? all : Arrays.copyOf(all, kept));
    }

    /** How many there are. */
    public int size() {
        return sorted.length;
    }

    /** Fingerprint {@code index}, counted from 0 in rising order. */
    public long at(int index) {
        return sorted[index];
    }

    /** Hands over each of them. */
    public void forEach(LongConsumer each) {
        for (long one : sorted) {
            each.accept(one);
        }
    }

    /** Whether {@code fingerprint} is one of them. */
    public boolean contains(long fingerprint) {
        return Arrays.binarySearch(sorted, fingerprint) >= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fingerprints set && Arrays.equals(sorted, set.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    /** The fingerprints as clients know them, 16 digits each. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(sorted.length * 18 + 2).append('[');
        for (int i = 0; i < sorted.length; i++) {
            out.append(i > 0 ? ", " : "").append(LabelSet.fingerprintText(sorted[i]));
        }
        return out.append(']').toString();
    }
}
