package dev.tocsin.core.hub;

import dev.tocsin.core.alert.Alert;
import java.util.List;

/**
 * An alert with what becomes of it right now. All lists may be empty.
 *
 * @param receivers names of the receivers its routes lead to, in route order, duplicates kept
 * @param inhibitedBy fingerprints of the alerts that inhibit it
 * @param silencedBy ids of the active silences that match it
 * @param mutedBy names of time intervals that mute its group; only groups show them
 */
public record AlertView(
        Alert alert, List<String> receivers, List<String> inhibitedBy, List<String> silencedBy, List<String> mutedBy) {

    /** {@code suppressed} if anything mutes it, else {@code active}. */
    public String state() {
        return inhibitedBy.isEmpty() && silencedBy.isEmpty() && mutedBy.isEmpty() ? "active" : "suppressed";
    }
}
