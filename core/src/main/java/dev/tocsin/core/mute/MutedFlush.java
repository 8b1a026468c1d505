package dev.tocsin.core.mute;

import dev.tocsin.core.alert.Alert;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the mute stages leave of a group's alerts.
 *
 * @param notified the alerts that nothing mutes, in the group's order; may be empty
 * @param muted the others, each with what mutes it; in the order in which the stages took them out
 * @param mutedBy the time intervals that mute the group, as {@code mutedBy} shows them: empty if none does, null if the
 *     stages did not get to ask them and the last answer stays
 */
public record MutedFlush(
        List<Alert> notified, List<Muted> muted, @Nullable List<String> mutedBy) {
    /** An alert and what mutes it. */
    public record Muted(Alert alert, MuteVerdict verdict) {}

    /** Copies the lists. */
    public MutedFlush {
        notified = List.copyOf(notified);
        muted = List.copyOf(muted);
        mutedBy = mutedBy == null ? null : List.copyOf(mutedBy);
    }
}
