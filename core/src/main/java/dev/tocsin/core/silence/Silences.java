package dev.tocsin.core.silence;

import dev.tocsin.core.matcher.Matcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The silences of the hub and their edits (contract sections 6.2 and 7.8). Reads see the latest state from any thread.
 */
public interface Silences extends ActiveSilences {
    /**
     * A silence as a client wants it.
     *
     * @param id empty for a new one
     * @param matchers may be empty: that is refused with the contract's text
     * @param startsAt null for now
     */
    record Draft(
            String id,
            List<MatcherDraft> matchers,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            String createdBy,
            String comment,
            Map<String, String> annotations) {}

    /** A matcher that is not compiled yet, as the HTTP API carries it. */
    record MatcherDraft(String name, String value, boolean isRegex, boolean isEqual) {}

    /** What came of {@link #set}. */
    sealed interface SetResult {
        /** It is stored under {@code id}, durably. */
        record Stored(String id) implements SetResult {}

        /** The draft names an unknown id. */
        record NotFound() implements SetResult {}

        /** The draft is refused; nothing changed. */
        record Refused(String message) implements SetResult {}
    }

    /** Creates or updates a silence. Completes when it would survive kill -9 and a loss of power. */
    CompletionStage<SetResult> set(Draft draft);

    /**
     * Why {@link #set} would refuse a draft as things stand, its size and the number of silences aside; null if it would
     * not. Changes nothing.
     */
    @Nullable String check(Draft draft);

    /** Ends a silence now. Completes with false if the id is unknown; durable as {@link #set}. */
    CompletionStage<Boolean> expire(String id);

    /**
     * The silences that have, for every filter matcher, a matcher of the same name, operator and value; in the
     * contract's order: active by end, pending by start, expired by end, latest first.
     */
    List<Silence> list(List<Matcher> filter);

    /** Another number after each change of any silence; time alone changes none. */
    long version();

    /** Where {@code silence} stands at {@code now}. */
    static Silence.State state(Silence silence, Instant now) {
        if (now.isBefore(silence.startsAt())) {
            return Silence.State.PENDING;
        }
        return now.isBefore(silence.endsAt()) ? Silence.State.ACTIVE : Silence.State.EXPIRED;
    }
}
