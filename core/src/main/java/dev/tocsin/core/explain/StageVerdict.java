package dev.tocsin.core.explain;

import dev.tocsin.core.mute.MuteVerdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one stage that can mute says about an alert.
 *
 * @param verdict {@link MuteVerdict.NotMuted} if it lets the alert pass
 * @param decides whether it is this stage that keeps the alert quiet: the first in order that does
 * @param until when it stops to mute if nothing changes; null if it does not mute, or that is not known
 * @param text one line for people
 */
public record StageVerdict(
        Stage stage,
        MuteVerdict verdict,
        boolean decides,
        @Nullable Instant until,
        String text) {
    /** The stages, in their order. */
    public enum Stage {
        /** Another alert inhibits it. */
        INHIBITION,
        /** The route's active and mute intervals. */
        TIME_INTERVALS,
        /** Silences. */
        SILENCES
    }
}
