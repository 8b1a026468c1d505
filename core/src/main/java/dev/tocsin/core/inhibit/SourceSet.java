package dev.tocsin.core.inhibit;

import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that can inhibit the same targets. Whether any of them fires is a question to the one that ends last: if that
 * one has ended, all have. Written on the hub loop only; any thread may ask for the last.
 */
final class SourceSet {
    /** An alert that can inhibit. */
    record Source(LabelSet labels, Instant endsAt) {
        boolean firesAt(Instant now) {
            return endsAt.isAfter(now);
        }
    }

    private volatile @Nullable Source last;

    /** All of them by fingerprint, as soon as there are two. */
    private @Nullable Map<Long, Source> all;

    /** The one that ends last, the latest report of equal ones; null if there is none. */
    @Nullable Source last() {
        return last;
    }

    boolean isEmpty() {
        return last == null;
    }

    void put(Source source) {
        Source known = last;
        if (known == null) {
            last = source;
            return;
        }
        boolean same = isSame(known, source.labels().fingerprint());
        if (all == null) {
            if (same) {
                last = source;
                return;
            }
            all = new HashMap<>();
            all.put(known.labels().fingerprint(), known);
        }
        all.put(source.labels().fingerprint(), source);
        if (!source.endsAt().isBefore(known.endsAt())) {
            last = source;
        } else if (same) {
            last = latest(all, known.endsAt());
        }
    }

    void remove(long fingerprint) {
        if (all != null) {
            all.remove(fingerprint);
            all = all.isEmpty() ? null : all;
        }
        Source known = last;
        if (known != null && isSame(known, fingerprint)) {
            last = all == null ? null : latest(all, known.endsAt());
        }
    }

    private static boolean isSame(Source source, long fingerprint) {
        return source.labels().fingerprint() == fingerprint;
    }

    /** The one that ends last; none ends after {@code bound}, and senders often let many end at the same moment. */
    private static @Nullable Source latest(Map<Long, Source> sources, Instant bound) {
        Source latest = null;
        for (Source source : sources.values()) {
            if (latest == null || source.endsAt().isAfter(latest.endsAt())) {
                latest = source;
                if (latest.endsAt().equals(bound)) {
                    break;
                }
            }
        }
        return latest;
    }
}
