package dev.tocsin.core.template.parse;

import dev.tocsin.core.label.GoQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts a template into tokens. For one text, on one thread. */
final class Lexer {
    private static final Set<String> KEYWORDS =
            Set.of("block", "break", "continue", "define", "else", "end", "if", "range", "template", "with");
    private static final String DECIMAL = "0123456789_";
    private static final String HEXADECIMAL = "0123456789abcdefABCDEF_";

    private final String input;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int start;
    private int parentheses;

    private Lexer(String input) {
        this.input = input;
    }

    /** All tokens; the last one is {@link TokenType#END} or {@link TokenType#ERROR}, and only the last one. */
    static List<Token> tokens(String input) {
        Lexer lexer = new Lexer(input);
        while (lexer.text() && lexer.action()) {
            // text and actions take turns
        }
        return lexer.tokens;
    }

    /** Everything up to the next action, comments left out; false at the end. */
    private boolean text() {
        while (true) {
            start = at;
            int open = input.indexOf("{{", at);
            if (open < 0) {
                at = input.length();
                emitText(at);
                start = at;
                return emit(TokenType.END, false);
            }
            boolean trims = isTrim(open + 2, false);
            emitText(trims ? trimmedEnd(start, open) : open);
            at = open + 2 + (trims ? 2 : 0);
            start = open;
            if (!input.startsWith("/*", at)) {
                tokens.add(new Token(TokenType.LEFT, open, "{{"));
                parentheses = 0;
                return true;
            }
            int end = input.indexOf("*/", at + 2);
            if (end < 0) {
                return error("unclosed comment");
            }
            at = end + 2;
            if (!atRightDelimiter()) {
                return error("comment ends before closing delimiter");
            }
            skipRightDelimiter();
        }
    }

    private void emitText(int end) {
        if (end > start) {
            tokens.add(new Token(TokenType.TEXT, start, input.substring(start, end)));
        }
    }

    private int trimmedEnd(int from, int end) {
        int trimmed = end;
        while (trimmed > from && isSpace(trimmed - 1)) {
            trimmed--;
        }
        return trimmed;
    }

    /** Whether a dash that trims is at {@code index}: before an action's end, the space comes first. */
    private boolean isTrim(int index, boolean closing) {
        int dash = closing ? index + 1 : index;
        int space = closing ? index : index + 1;
        return input.startsWith("-", dash) && isSpace(space);
    }

    private boolean atRightDelimiter() {
        return input.startsWith("}}", at) || (isTrim(at, true) && input.startsWith("}}", at + 2));
    }

    private void skipRightDelimiter() {
        boolean trims = isTrim(at, true);
        at += trims ? 4 : 2;
        while (trims && at < input.length() && isSpace(at)) {
            at++;
        }
    }

    /** The rest of an action, its closing delimiter included; false after an error. */
    private boolean action() {
        while (true) {
            start = at;
            if (atRightDelimiter()) {
                if (parentheses > 0) {
                    return error("unclosed left paren");
                }
                tokens.add(new Token(TokenType.RIGHT, at, "}}"));
                skipRightDelimiter();
                return true;
            }
            if (at == input.length()) {
                return error("unclosed action");
            }
            if (!piece()) {
                return false;
            }
        }
    }

    private boolean piece() {
        int c = input.codePointAt(at);
        at += Character.charCount(c);
        return switch (c) {
            case ' ', '\t', '\r', '\n' -> space();
            case '=' -> emit(TokenType.ASSIGN, true);
            case ':' -> input.startsWith("=", at++) ? emit(TokenType.DECLARE, true) : error("expected :=");
            case '|' -> emit(TokenType.PIPE, true);
            case '"' -> quoted('"', TokenType.STRING, "unterminated quoted string");
            case '\'' -> quoted('\'', TokenType.CHARACTER, "unterminated character constant");
            case '`' -> rawString();
            case '$' -> fieldOrVariable(TokenType.VARIABLE);
            case '.' -> (at < input.length() && isDigit(at)) ? number() : fieldOrVariable(TokenType.FIELD);
            case '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case '(' -> {
                parentheses++;
                yield emit(TokenType.OPEN, true);
            }
            case ')' -> parentheses-- == 0 ? error("unexpected right paren") : emit(TokenType.CLOSE, true);
            default -> {
                if (isAlphanumeric(c)) {
                    yield identifier();
                }
                yield (c > ' ' && c < 0x7f)
                        ? emit(TokenType.OTHER, true)
                        : error("unrecognized character in action: " + unicode(c));
            }
        };
    }

    private boolean space() {
        at = start;
        while (at < input.length() && isSpace(at) && !atRightDelimiter()) {
            at++;
        }
        return at == start || emit(TokenType.SPACE, true);
    }

    private boolean quoted(char quote, TokenType type, String unterminated) {
        while (at < input.length() && input.charAt(at) != '\n') {
            char c = input.charAt(at++);
            if (c == quote) {
                return emit(type, true);
            }
            if (c == '\\' && at < input.length() && input.charAt(at) != '\n') {
                at++;
            }
        }
        return error(unterminated);
    }

    private boolean rawString() {
        int end = input.indexOf('`', at);
        if (end < 0) {
            return error("unterminated raw quoted string");
        }
        at = end + 1;
        return emit(TokenType.RAW_STRING, true);
    }

    private boolean fieldOrVariable(TokenType type) {
        if (atTerminator()) {
            return emit(type == TokenType.FIELD ? TokenType.DOT : type, true);
        }
        skipAlphanumeric();
        return atTerminator() ? emit(type, true) : badCharacter();
    }

    private boolean identifier() {
        skipAlphanumeric();
        if (!atTerminator()) {
            return badCharacter();
        }
        String word = input.substring(start, at);
        return emit(
                switch (word) {
                    case "true", "false" -> TokenType.BOOL;
                    case "nil" -> TokenType.NIL;
                    default -> KEYWORDS.contains(word) ? TokenType.KEYWORD : TokenType.IDENTIFIER;
                },
                true);
    }

    private boolean number() {
        at = start;
        accept("+-");
        String digits = DECIMAL;
        if (accept("0")) {
            if (accept("xX")) {
                digits = HEXADECIMAL;
            } else if (accept("oO") || accept("bB")) {
                digits = "01234567_";
            }
        }
        acceptAll(digits);
        if (accept(".")) {
            acceptAll(digits);
        }
        if (accept(digits.equals(HEXADECIMAL) ? "pP" : digits.equals(DECIMAL) ? "eE" : "")) {
            accept("+-");
            acceptAll(DECIMAL);
        }
        accept("i");
        if (at < input.length() && (isAlphanumeric(input.codePointAt(at)) || "+-".indexOf(input.charAt(at)) >= 0)) {
            at++;
            return error("bad number syntax: " + GoQuote.quote(input.substring(start, at)));
        }
        return emit(TokenType.NUMBER, true);
    }

    private boolean accept(String characters) {
        if (at < input.length() && characters.indexOf(input.charAt(at)) >= 0) {
            at++;
            return true;
        }
        return false;
    }

    private void acceptAll(String characters) {
        while (accept(characters)) {
            // takes them all
        }
    }

    private void skipAlphanumeric() {
        while (at < input.length()) {
            int c = input.codePointAt(at);
            if (!isAlphanumeric(c)) {
                return;
            }
            at += Character.charCount(c);
        }
    }

    private boolean atTerminator() {
        return at == input.length()
                || isSpace(at)
                || ".,|:()".indexOf(input.charAt(at)) >= 0
                || input.startsWith("}}", at);
    }

    private boolean badCharacter() {
        return error("bad character " + unicode(input.codePointAt(at)));
    }

    private boolean emit(TokenType type, boolean more) {
        tokens.add(new Token(type, start, input.substring(start, at)));
        return more;
    }

    private boolean error(String message) {
        tokens.add(new Token(TokenType.ERROR, start, message));
        return false;
    }

    private boolean isSpace(int index) {
        return index < input.length() && " \t\r\n".indexOf(input.charAt(index)) >= 0;
    }

    private boolean isDigit(int index) {
        return input.charAt(index) >= '0' && input.charAt(index) <= '9';
    }

    private static boolean isAlphanumeric(int c) {
        return c == '_' || Character.isLetter(c) || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
    }

    private static String unicode(int c) {
        String code = String.format(Locale.ROOT, "U+%04X", c);
        return Character.isISOControl(c) ? code : code + " '" + Character.toString(c) + "'";
    }
}
