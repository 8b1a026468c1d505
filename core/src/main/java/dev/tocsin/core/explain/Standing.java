package dev.tocsin.core.explain;

import dev.tocsin.core.alert.Alert;
import org.jspecify.annotations.Nullable;

/**
 * Whether the alert is there.
 *
 * @param alert as it is stored; null unless it is, and always for a time that is past
 * @param reason one sentence without a full stop
 */
public record Standing(State state, @Nullable Alert alert, String reason) {
    /** What is known of an alert. */
    public enum State {
        /** It fires. */
        FIRING,
        /** It has ended. */
        RESOLVED,
        /** It was posted and was not valid. */
        REFUSED,
        /** It was posted and not stored, because too many alerts of its name live. */
        LIMITED,
        /** Nobody has heard of it. */
        NOT_RECEIVED
    }
}
