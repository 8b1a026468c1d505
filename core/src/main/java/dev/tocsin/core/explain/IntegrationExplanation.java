package dev.tocsin.core.explain;

import dev.tocsin.core.dedup.DedupVerdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one integration of a receiver has heard and will hear of a group.
 *
 * @param integration name and index, such as {@code webhook[0]}
 * @param verdict what the next flush would decide as things stand; null if muting leaves nothing to decide about
 * @param sends whether the next flush would notify
 * @param last the latest notification; null if none is known
 * @param repeatAfter the first flush after this repeats an unchanged notification; null if nothing would be repeated
 * @param doubt why the next notification would be marked as a possible repeat; empty if it would not
 * @param attempts what nodes tried lately, newest first; at most {@link Explainer#MAX_ATTEMPTS}
 * @param cause what matters most
 * @param text the same in words, without a full stop
 */
public record IntegrationExplanation(
        String integration,
        boolean sendResolved,
        @Nullable DedupVerdict verdict,
        boolean sends,
        @Nullable LastNotification last,
        @Nullable Instant repeatAfter,
        String doubt,
        List<HistoryLine> attempts,
        Cause cause,
        String text) {
    /** Copies the list. */
    public IntegrationExplanation {
        attempts = List.copyOf(attempts);
    }
}
