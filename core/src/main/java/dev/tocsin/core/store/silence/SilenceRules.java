package dev.tocsin.core.store.silence;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.LabelNames;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.Regex;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.time.Rfc3339;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What makes a draft a valid silence, and when a silence may change in place (contract section 6.2). Pure. */
final class SilenceRules {
    private static final Instant ZERO = Rfc3339.ZERO.toInstant();

    private SilenceRules() {}

    /** What came of checking a draft. */
    sealed interface Checked {
        /** The draft is valid. */
        record Valid(List<Matcher> matchers, Instant startsAt, Instant endsAt) implements Checked {}

        /** The draft is not valid, in the contract's words. */
        record Invalid(String message) implements Checked {}
    }

    /** Checks a draft by itself, in the contract's order. */
    static Checked check(Silences.Draft draft, Instant now, MatcherMode mode) {
        Instant start = orZero(draft.startsAt());
        Instant end = orZero(draft.endsAt());
        if (!start.isBefore(end)) {
            return new Checked.Invalid("Failed to create silence: start time must be before end time");
        }
        if (end.isBefore(now)) {
            return new Checked.Invalid("Failed to create silence: end time can't be in the past");
        }
        if (draft.matchers().isEmpty()) {
            return invalid("at least one matcher set required");
        }
        List<Matcher> matchers = new ArrayList<>(draft.matchers().size());
        boolean matchesAnything = true;
        for (int i = 0; i < draft.matchers().size(); i++) {
            try {
                Matcher matcher = matcher(draft.matchers().get(i), mode);
                matchesAnything &= matcher.matchesEmpty();
                matchers.add(matcher);
            } catch (InvalidMatcherException e) {
                return invalid("invalid label matcher " + i + " in set 0: " + e.getMessage());
            }
        }
        if (matchesAnything) {
            return invalid("matcher set 0: at least one matcher must not match the empty string");
        }
        return new Checked.Valid(List.copyOf(matchers), start.equals(ZERO) ? now : start, end);
    }

    /** What is wrong with a draft by itself, or null. */
    static @Nullable String refusal(Silences.Draft draft, Instant now, MatcherMode mode) {
        return check(draft, now, mode) instanceof Checked.Invalid invalid ? invalid.message() : null;
    }

    private static Instant orZero(@Nullable Instant time) {
        return time == null ? ZERO : time;
    }

    private static Checked invalid(String message) {
        return new Checked.Invalid("invalid silence: " + message);
    }

    private static Matcher matcher(Silences.MatcherDraft draft, MatcherMode mode) throws InvalidMatcherException {
        if (!LabelNames.isValid(draft.name(), mode)) {
            throw new InvalidMatcherException("invalid label name " + GoQuote.quote(draft.name()));
        }
        MatchType type = MatchType.of(draft.isRegex(), draft.isEqual());
        if (type.isRegex()) {
            try {
                Regex.validate(draft.value());
                return Matcher.of(draft.name(), type, draft.value());
            } catch (InvalidMatcherException e) {
                throw new InvalidMatcherException(
                        "invalid regular expression " + GoQuote.quote(draft.value()) + ": " + e.getMessage());
            }
        }
        if (!LabelNames.isUtf8(draft.value())) {
            throw new InvalidMatcherException("invalid label value " + GoQuote.quote(draft.value()));
        }
        return Matcher.of(draft.name(), type, draft.value());
    }

    /** Whether {@code draft} may replace {@code known} under the same id. */
    static boolean updatable(Silence known, Checked.Valid draft, Instant now) {
        if (!known.matcherSets().equals(List.of(draft.matchers()))) {
            return false;
        }
        return switch (Silences.state(known, now)) {
            case ACTIVE ->
                known.startsAt().getEpochSecond() == draft.startsAt().getEpochSecond()
                        && !draft.endsAt().isBefore(now);
            case PENDING -> !draft.startsAt().isBefore(now);
            case EXPIRED -> false;
        };
    }
}
