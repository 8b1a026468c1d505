package dev.tocsin.core.label;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads double-quoted string literals as Go's {@code strconv.Unquote} does, the inverse of {@link GoQuote}. The escapes
 * {@code \x} and octal name bytes, the others code points. One instance reads one literal, on one thread.
 */
public final class GoUnquote {
    private final String literal;
    private byte[] bytes;
    private int size;
    private int at = 1;

    private GoUnquote(String literal) {
        this.literal = literal;
        this.bytes = new byte[literal.length() + 8];
    }

    /**
     * The text that {@code literal}, with its quotes, stands for.
     *
     * @return null if it is no literal, or if the bytes it names are no UTF-8
     */
    public static @Nullable String unquote(String literal) {
        int last = literal.length() - 1;
        if (last < 1 || literal.charAt(0) != '"' || literal.charAt(last) != '"') {
            return null;
        }
        if (isPlain(literal)) {
            return literal.substring(1, last);
        }
        return new GoUnquote(literal).read();
    }

    private static boolean isPlain(String literal) {
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c == '\\' || c == '"' || c == '\n' || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String read() {
        int end = literal.length() - 1;
        while (at < end) {
            int c = literal.codePointAt(at);
            at += Character.charCount(c);
            if (c == '"' || c == '\n' || !(c == '\\' ? escape(end) : codePoint(c))) {
                return null;
            }
        }
        if (at != end) {
            return null; // the last quote belongs to an escape
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, size))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private boolean escape(int end) {
        if (at >= end) {
            return false;
        }
        char c = literal.charAt(at++);
        return switch (c) {
            case 'a' -> codePoint(0x07);
            case 'b' -> codePoint('\b');
            case 'f' -> codePoint('\f');
            case 'n' -> codePoint('\n');
            case 'r' -> codePoint('\r');
            case 't' -> codePoint('\t');
            case 'v' -> codePoint(0x0b);
            case '\\', '"' -> codePoint(c);
            case 'x' -> oneByte(number(2, 16, end));
            case 'u' -> codePoint(number(4, 16, end));
            case 'U' -> codePoint(number(8, 16, end));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                yield oneByte(number(3, 8, end));
            }
            default -> false;
        };
    }

    /** The next {@code digits} digits, or -1 if they are not there or the number is beyond all code points. */
    private int number(int digits, int radix, int end) {
        if (at + digits > end) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            char c = literal.charAt(at++);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value > Character.MAX_CODE_POINT ? -1 : (int) value;
    }

    private boolean oneByte(int value) {
        if (value < 0 || value > 0xff) {
            return false;
        }
        add(value);
        return true;
    }

    private boolean codePoint(int c) {
        if (c < 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            return false;
        }
        if (c < 0x80) {
            add(c);
        } else if (c < 0x800) {
            add(0xc0 | c >> 6);
            add(0x80 | (c & 0x3f));
        } else {
            if (c < 0x10000) {
                add(0xe0 | c >> 12);
            } else {
                add(0xf0 | c >> 18);
                add(0x80 | (c >> 12 & 0x3f));
            }
            add(0x80 | (c >> 6 & 0x3f));
            add(0x80 | (c & 0x3f));
        }
        return true;
    }

    private void add(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
    }
}
