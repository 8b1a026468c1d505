package dev.tocsin.core.template.parse;

/** Reads the characters of a quoted literal one by one. For one literal, on one thread. */
final class Unescape {
    private final String text;
    private final char quote;
    private int at;
    private boolean octet;

    /** @param quote the quote that an escape may stand for */
    Unescape(String text, char quote) {
        this.text = text;
        this.quote = quote;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** Whether the last one was written as a byte rather than as a character. */
    boolean wasByte() {
        return octet;
    }

    /** The next character; -1 if it is malformed. */
    int next() {
        octet = false;
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        if (c != '\\') {
            return c;
        }
        if (atEnd()) {
            return -1;
        }
        char escaped = text.charAt(at++);
        return switch (escaped) {
            case 'a' -> 0x07;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case '\\' -> '\\';
            case 'x' -> {
                octet = true;
                yield digits(2, 16, 0xff);
            }
            case 'u' -> character(digits(4, 16, Character.MAX_CODE_POINT));
            case 'U' -> character(digits(8, 16, Character.MAX_CODE_POINT));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                octet = true;
                at--;
                yield digits(3, 8, 0xff);
            }
            default -> escaped == quote ? quote : -1;
        };
    }

    private static int character(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? -1 : c;
    }

    private int digits(int count, int radix, int max) {
        if (at + count > text.length()) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            int digit = Character.digit(text.charAt(at++), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value > max ? -1 : (int) value;
    }
}
