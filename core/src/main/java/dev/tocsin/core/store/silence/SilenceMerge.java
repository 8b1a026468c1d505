package dev.tocsin.core.store.silence;

import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.snapshot.SilenceSnapshot;
import java.util.Arrays;

/**
 * Which of two copies of a silence counts: the one updated later, and of equally late ones that with the greater bytes,
 * so that all nodes agree whatever the order in which copies reach them. Idempotent, commutative and associative.
 */
final class SilenceMerge {
    private SilenceMerge() {}

    /** The copy that counts; {@code known} itself if both are equal. */
    static Silence newer(Silence known, Silence other) {
        int order = known.updatedAt().compareTo(other.updatedAt());
        if (order == 0 && !known.equals(other)) {
            order = Arrays.compareUnsigned(SilenceSnapshot.encodeRecord(known), SilenceSnapshot.encodeRecord(other));
        }
        return order >= 0 ? known : other;
    }
}
