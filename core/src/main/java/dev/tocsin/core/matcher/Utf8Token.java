package dev.tocsin.core.matcher;

import dev.tocsin.core.label.GoUnquote;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a matcher's text.
 *
 * @param text as it is written
 * @param start the column of its first code point, counted from 0
 * @param end the column after its last code point
 */
record Utf8Token(Kind kind, String text, int start, int end) {
    /** What a token can be. */
    enum Kind {
        END,
        OPEN_BRACE,
        CLOSE_BRACE,
        COMMA,
        EQUAL,
        NOT_EQUAL,
        REGEXP,
        NOT_REGEXP,
        QUOTED,
        UNQUOTED;

        /** The operator, or null if the token is none. */
        @Nullable MatchType operator() {
            return switch (this) {
                case EQUAL -> MatchType.EQUAL;
                case NOT_EQUAL -> MatchType.NOT_EQUAL;
                case REGEXP -> MatchType.REGEXP;
                case NOT_REGEXP -> MatchType.NOT_REGEXP;
                case END, OPEN_BRACE, CLOSE_BRACE, COMMA, QUOTED, UNQUOTED -> null;
            };
        }
    }

    /** Whether it can name a label or be a value. */
    boolean isWord() {
        return kind == Kind.QUOTED || kind == Kind.UNQUOTED;
    }

    /** The text it stands for. */
    String word() throws InvalidMatcherException {
        String word = kind == Kind.QUOTED ? GoUnquote.unquote(text) : text;
        if (word == null || !LabelNames.isUtf8(word)) {
            throw new InvalidMatcherException(start + ":" + end + ": " + text + ": invalid input");
        }
        return word;
    }

    /** Says that it should not stand here. */
    String unexpected() {
        return kind == Kind.END ? "end of input" : start + ":" + end + ": unexpected " + text;
    }
}
