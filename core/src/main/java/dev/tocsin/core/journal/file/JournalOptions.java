package dev.tocsin.core.journal.file;

import java.time.Duration;

/**
 * How much of the journal is kept. Whole segments are removed, so that up to one of them more than this may be there.
 *
 * @param retention how long events are kept; above zero
 * @param maxBytes how many bytes of segments are kept, at least 1 MiB
 */
public record JournalOptions(Duration retention, long maxBytes) {
    /** A week, and half a gibibyte. */
    public static final JournalOptions DEFAULTS = new JournalOptions(Duration.ofDays(7), 512L << 20);

    private static final long LEAST = 1 << 20;
    private static final long LARGEST_SEGMENT = 16 << 20;
    private static final Duration LONGEST_SEGMENT = Duration.ofHours(12);

    /** Checks the bounds. */
    public JournalOptions {
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("the journal's retention must be above zero, not " + retention);
        }
        if (maxBytes < LEAST) {
            throw new IllegalArgumentException(
                    "the journal's size must be at least " + LEAST + " bytes, not " + maxBytes);
        }
    }

    /** After how many bytes a new segment begins. */
    long segmentBytes() {
        return Math.min(LARGEST_SEGMENT, maxBytes / 8);
    }

    /** After what time a new segment begins. */
    Duration segmentAge() {
        Duration part = retention.dividedBy(8);
        return part.compareTo(LONGEST_SEGMENT) < 0 ? part : LONGEST_SEGMENT;
    }
}
