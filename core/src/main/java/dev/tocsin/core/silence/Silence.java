package dev.tocsin.core.silence;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A silence: alerts that match every matcher of any one set are not notified while it is active.
 *
 * @param id UUID text, lower case
 * @param matcherSets the sets, each non-empty; the HTTP API can only make one
 * @param annotations free text for tools; may be empty
 * @param startsAt when it begins to mute
 * @param endsAt when it stops
 * @param updatedAt the version: of two copies the later one counts
 * @param expiresAt {@code endsAt} plus the retention: when it is forgotten
 */
public record Silence(
        String id,
        List<List<Matcher>> matcherSets,
        Instant startsAt,
        Instant endsAt,
        Instant updatedAt,
        String createdBy,
        String comment,
        Map<String, String> annotations,
        Instant expiresAt) {

    /** Where a silence stands at some time. */
    public enum State {
        /** Not begun. */
        PENDING,
        /** Muting. */
        ACTIVE,
        /** Over. */
        EXPIRED
    }

    /** Whether the silence's matchers, times aside, cover an alert with {@code labels}. */
    public boolean matches(LabelSet labels) {
        for (List<Matcher> set : matcherSets) {
            if (matchesAll(set, labels)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesAll(List<Matcher> set, LabelSet labels) {
        for (Matcher matcher : set) {
            if (!matcher.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
