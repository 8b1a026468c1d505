package dev.tocsin.core.template.parse;

import dev.tocsin.core.label.GoQuote;

/**
 * A piece of a template.
 *
 * @param at the index of its first character
 * @param text as it is written; the message for {@link TokenType#ERROR}
 */
record Token(TokenType type, int at, String text) {
    private static final int QUOTED_IN_FULL = 10;

    boolean is(TokenType other) {
        return type == other;
    }

    boolean isKeyword(String keyword) {
        return type == TokenType.KEYWORD && text.equals(keyword);
    }

    boolean isString() {
        return type == TokenType.STRING || type == TokenType.RAW_STRING;
    }

    /** The text in messages. */
    String described() {
        return switch (type) {
            case END -> "EOF";
            case ERROR -> text;
            case KEYWORD, DOT, NIL -> "<" + text + ">";
            default ->
                text.codePointCount(0, text.length()) > QUOTED_IN_FULL
                        ? GoQuote.quote(text.substring(0, text.offsetByCodePoints(0, QUOTED_IN_FULL))) + "..."
                        : GoQuote.quote(text);
        };
    }
}
