package dev.tocsin.core.explain;

import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is asked to be explained.
 *
 * @param fingerprint the alert's
 * @param labels the alert's; null if only the fingerprint is known. An alert with them need not exist
 * @param at the time that is asked about; null for now
 */
public record Question(
        long fingerprint,
        @Nullable LabelSet labels,
        @Nullable Instant at) {
    /** Asks about the alert with these labels, now. */
    public static Question of(LabelSet labels) {
        return new Question(labels.fingerprint(), labels, null);
    }

    /** Asks about the alert with this fingerprint, now. */
    public static Question of(long fingerprint) {
        return new Question(fingerprint, null, null);
    }

    /** The same question about another time. */
    public Question at(Instant time) {
        return new Question(fingerprint, labels, time);
    }
}
