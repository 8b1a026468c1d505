package dev.tocsin.core.ingest;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.label.Utf8Order;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the pairs of one JSON object and makes a label set of them. Reused from object to object; for one thread. */
final class PairBuffer {
    /** Up to here an insertion is cheaper than a sort; beyond, it would be quadratic. */
    private static final int MAX_INSERTED = 64;

    private String[] pairs = new String[32];
    private int filled;

    /** Forgets all pairs but those of {@code earlier}. */
    void startWith(@Nullable LabelSet earlier) {
        filled = 0;
        if (earlier != null) {
            for (int i = 0; i < earlier.size(); i++) {
                append(filled, earlier.name(i), earlier.value(i));
            }
        }
    }

    /** Adds a pair; it replaces an earlier one of the same name. */
    void add(String name, String value) {
        if (filled >= MAX_INSERTED * 2) {
            append(filled, name, value);
            return;
        }
        int at = filled;
        while (at > 0) {
            int order = Utf8Order.compare(pairs[at - 2], name);
            if (order == 0) {
                pairs[at - 1] = value;
                return;
            }
            if (order < 0) {
                break;
            }
            at -= 2;
        }
        append(at, name, value);
    }

    LabelSet toLabelSet() {
        return LabelSet.ofPairs(Arrays.copyOf(pairs, filled));
    }

    private void append(int at, String name, String value) {
        if (filled == pairs.length) {
            pairs = Arrays.copyOf(pairs, filled * 2);
        }
        System.arraycopy(pairs, at, pairs, at + 2, filled - at);
        pairs[at] = name;
        pairs[at + 1] = value;
        filled += 2;
    }
}
