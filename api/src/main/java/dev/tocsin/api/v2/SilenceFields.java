package dev.tocsin.api.v2;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.time.InvalidTimeException;
import dev.tocsin.core.time.Rfc3339;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a posted silence as far as they are there; null means that a field is missing or null. Names are
 * compared without regard to case, as Go does. The first wrong type is kept and reading goes on: a syntax error further
 * on would count more. For one body.
 */
final class SilenceFields {
    /** Something that the schema requires is missing. */
    record Violation(int code, String message) {}

    private record MatcherFields(
            @Nullable String name,
            @Nullable String value,
            @Nullable Boolean isRegex,
            @Nullable Boolean isEqual) {}

    private static final String TOP = "Go value of type models.PostableSilence";

    private @Nullable String typeError;
    private @Nullable String id;
    private @Nullable String comment;
    private @Nullable String createdBy;
    private @Nullable OffsetDateTime startsAt;
    private @Nullable OffsetDateTime endsAt;
    private @Nullable List<@Nullable MatcherFields> matchers;
    private Map<String, String> annotations = Map.of();

    /** Reads the value at which {@code parser} stands. */
    void read(JsonParser parser) throws IOException {
        if (!enters(parser, JsonToken.START_OBJECT, TOP)) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName().toLowerCase(Locale.ROOT);
            parser.nextToken();
            switch (field) {
                case "id" -> id = text(parser, "Go struct field .id of type string");
                case "comment" -> comment = text(parser, "Go struct field Silence.comment of type string");
                case "createdby" -> createdBy = text(parser, "Go struct field Silence.createdBy of type string");
                case "startsat" -> startsAt = time(parser);
                case "endsat" -> endsAt = time(parser);
                case "matchers" -> matchers = matchers(parser);
                case "annotations" -> annotations = annotations(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private boolean enters(JsonParser parser, JsonToken wanted, String target) throws IOException {
        if (parser.currentToken() == wanted) {
            return true;
        }
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            wrongType(parser, target);
        }
        return false;
    }

    private void wrongType(JsonParser parser, String target) throws IOException {
        String kind = switch (parser.currentToken()) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            case VALUE_STRING -> "string";
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            default -> "number";
        };
        parser.skipChildren();
        fault("json: cannot unmarshal " + kind + " into " + target);
    }

    private void fault(String message) {
        if (typeError == null) {
            typeError = message;
        }
    }

    private @Nullable String text(JsonParser parser, String target) throws IOException {
        return enters(parser, JsonToken.VALUE_STRING, target) ? wellFormed(parser.getText()) : null;
    }

    private @Nullable Boolean flag(JsonParser parser, String target) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> parser.currentToken() == JsonToken.VALUE_FALSE ? false : null;
            default -> {
                wrongType(parser, target);
                yield null;
            }
        };
    }

    private @Nullable OffsetDateTime time(JsonParser parser) throws IOException {
        String text = text(parser, "Go value of type string");
        if (text == null) {
            return null;
        }
        try {
            return Rfc3339.parse(text);
        } catch (InvalidTimeException e) {
            fault(Objects.requireNonNullElse(e.getMessage(), "invalid time"));
            return null;
        }
    }

    private @Nullable List<@Nullable MatcherFields> matchers(JsonParser parser) throws IOException {
        if (!enters(parser, JsonToken.START_ARRAY, "Go struct field Silence.matchers of type models.Matchers")) {
            return null;
        }
        List<@Nullable MatcherFields> found = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            found.add(matcher(parser, "Silence.matchers." + found.size()));
        }
        return found;
    }

    private @Nullable MatcherFields matcher(JsonParser parser, String path) throws IOException {
        if (!enters(parser, JsonToken.START_OBJECT, path + " of type models.Matcher")) {
            return null;
        }
        String name = null;
        String value = null;
        Boolean isRegex = null;
        Boolean isEqual = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName().toLowerCase(Locale.ROOT);
            parser.nextToken();
            switch (field) {
                case "name" -> name = text(parser, "Go struct field " + path + ".name of type string");
                case "value" -> value = text(parser, "Go struct field " + path + ".value of type string");
                case "isregex" -> isRegex = flag(parser, "Go struct field " + path + ".isRegex of type bool");
                case "isequal" -> isEqual = flag(parser, "Go struct field " + path + ".isEqual of type bool");
                default -> parser.skipChildren();
            }
        }
        return new MatcherFields(name, value, isRegex, isEqual);
    }

    private Map<String, String> annotations(JsonParser parser) throws IOException {
        if (!enters(parser, JsonToken.START_OBJECT, "Go struct field Silence.annotations of type models.LabelSet")) {
            return Map.of();
        }
        Map<String, String> found = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = wellFormed(parser.currentName());
            parser.nextToken();
            String value = text(parser, "Go struct field Silence.annotations." + name + " of type string");
            found.put(name, value == null ? "" : value);
        }
        return found;
    }

    /** The text with U+FFFD for surrogates that stand alone, which escapes can make. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    /** What is wrong with the types, in Go's words, or null. */
    @Nullable String typeError() {
        return typeError;
    }

    /** The first thing that is missing, fields in alphabetical order, or null. */
    @Nullable Violation violation() {
        if (comment == null) {
            return required("comment");
        }
        if (createdBy == null) {
            return required("createdBy");
        }
        if (endsAt == null) {
            return required("endsAt");
        }
        if (matchers == null) {
            return required("matchers");
        }
        if (matchers.isEmpty()) {
            return new Violation(612, "matchers in body should have at least 1 items");
        }
        for (int i = 0; i < matchers.size(); i++) {
            String missing = missing(matchers.get(i));
            if (missing != null) {
                return required("matchers." + i + missing);
            }
        }
        return startsAt == null ? required("startsAt") : null;
    }

    private static @Nullable String missing(@Nullable MatcherFields matcher) {
        if (matcher == null) {
            return "";
        }
        if (matcher.isRegex() == null) {
            return ".isRegex";
        }
        if (matcher.name() == null) {
            return ".name";
        }
        return matcher.value() == null ? ".value" : null;
    }

    private static Violation required(String field) {
        return new Violation(602, field + " in body is required");
    }

    /** The silence, which has neither type errors nor violations. */
    Silences.Draft draft() {
        List<Silences.MatcherDraft> drafts = new ArrayList<>();
        for (MatcherFields matcher : Objects.requireNonNull(matchers)) {
            Objects.requireNonNull(matcher);
            drafts.add(new Silences.MatcherDraft(
                    Objects.requireNonNull(matcher.name()),
                    Objects.requireNonNull(matcher.value()),
                    Objects.requireNonNull(matcher.isRegex()),
                    matcher.isEqual() == null || matcher.isEqual()));
        }
        return new Silences.Draft(
                id == null ? "" : id,
                drafts,
                instant(startsAt),
                instant(endsAt),
                Objects.requireNonNull(createdBy),
                Objects.requireNonNull(comment),
                annotations);
    }

    /** Go's zero time means that none was given. */
    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null || time.isEqual(Rfc3339.ZERO) ? null : time.toInstant();
    }
}
