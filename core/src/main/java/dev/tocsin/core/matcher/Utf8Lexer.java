package dev.tocsin.core.matcher;

import dev.tocsin.core.matcher.Utf8Token.Kind;
import org.jspecify.annotations.Nullable;

/** Splits text of the UTF-8 grammar into tokens. Columns count code points. For one parser, on one thread. */
final class Utf8Lexer {
    private final String input;
    private int position;
    private int column;
    private @Nullable Utf8Token peeked;

    Utf8Lexer(String input) {
        this.input = input;
    }

    /** How many code points have been taken, white space included. */
    int column() {
        return column;
    }

    /** The next token without taking it. */
    Utf8Token peek() throws InvalidMatcherException {
        if (peeked == null) {
            peeked = scan();
        }
        return peeked;
    }

    /** The next token; at the end of the input always the end. */
    Utf8Token next() throws InvalidMatcherException {
        Utf8Token token = peek();
        peeked = null;
        return token;
    }

    private Utf8Token scan() throws InvalidMatcherException {
        while (position < input.length() && Matcher.isWhiteSpace(input.codePointAt(position))) {
            advance();
        }
        int from = position;
        int start = column;
        if (position == input.length()) {
            return new Utf8Token(Kind.END, "", start, start);
        }
        int c = advance();
        return switch (c) {
            case '{' -> token(Kind.OPEN_BRACE, from, start);
            case '}' -> token(Kind.CLOSE_BRACE, from, start);
            case ',' -> token(Kind.COMMA, from, start);
            case '=' -> token(accept('~') ? Kind.REGEXP : Kind.EQUAL, from, start);
            case '!' -> negation(from, start);
            case '"' -> quoted(from, start);
            default -> {
                if (Matcher.isReserved(c)) {
                    throw invalid(from, start, "invalid input");
                }
                while (position < input.length() && !Matcher.isReserved(input.codePointAt(position))) {
                    advance();
                }
                yield token(Kind.UNQUOTED, from, start);
            }
        };
    }

    private Utf8Token negation(int from, int start) throws InvalidMatcherException {
        if (accept('=')) {
            return token(Kind.NOT_EQUAL, from, start);
        }
        if (accept('~')) {
            return token(Kind.NOT_REGEXP, from, start);
        }
        if (position == input.length()) {
            throw new InvalidMatcherException(start + ":" + column + ": unexpected end of input, expected one of '=~'");
        }
        throw invalid(from, start, "expected one of '=~'");
    }

    private Utf8Token quoted(int from, int start) throws InvalidMatcherException {
        boolean escaped = false;
        while (position < input.length()) {
            int c = advance();
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '"') {
                return token(Kind.QUOTED, from, start);
            }
        }
        throw invalid(from, start, "missing end \"");
    }

    private int advance() {
        int c = input.codePointAt(position);
        position += Character.charCount(c);
        column++;
        return c;
    }

    private boolean accept(char wanted) {
        if (position < input.length() && input.charAt(position) == wanted) {
            advance();
            return true;
        }
        return false;
    }

    private Utf8Token token(Kind kind, int from, int start) {
        return new Utf8Token(kind, input.substring(from, position), start, column);
    }

    private InvalidMatcherException invalid(int from, int start, String reason) {
        return new InvalidMatcherException(
                start + ":" + column + ": " + input.substring(from, position) + ": " + reason);
    }
}
