package dev.tocsin.core.template.value;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Texts as the bytes that they are in Go. A byte that is not part of UTF-8 is the lone surrogate U+DC00 plus the byte in
 * our texts; no valid text contains one. Stateless.
 */
public final class Bytes {
    /** The character that stands for byte 0, if there were such a one: lone bytes are 0x80 and above. */
    public static final int FIRST = 0xdc00;

    private Bytes() {}

    /** Whether {@code c}, as part of {@code text} at {@code index}, stands for a byte that is no UTF-8. */
    public static boolean isByte(String text, int index) {
        char c = text.charAt(index);
        return c >= FIRST + 0x80
                && c <= FIRST + 0xff
                && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    /** Whether {@code text} contains a byte that is no UTF-8. */
    public static boolean hasBytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLowSurrogate(text.charAt(i)) && isByte(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** How many bytes {@code text} has. */
    public static int length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length++;
            } else if (c < 0x800) {
                length += 2;
            } else if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                length += pair ? 4 : isByte(text, i) ? 1 : 3;
                i += pair ? 1 : 0;
            } else {
                length += 3;
            }
        }
        return length;
    }

    /** The bytes of {@code text}. */
    public static byte[] encode(String text) {
        if (!hasBytes(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLowSurrogate(text.charAt(i)) && isByte(text, i)) {
                out.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
                out.write(text.charAt(i) - FIRST);
                from = i + 1;
            }
        }
        out.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** The text of {@code length} bytes from {@code from} on; what is no UTF-8 becomes lone surrogates. */
    public static String decode(byte[] bytes, int from, int length) {
        StringBuilder out = new StringBuilder(length);
        int at = from;
        int end = from + length;
        while (at < end) {
            int size = sequence(bytes, at, end);
            if (size == 0) {
                out.append((char) (FIRST + (bytes[at] & 0xff)));
                at++;
            } else {
                int run = at + size;
                while (run < end && (size = sequence(bytes, run, end)) > 0) {
                    run += size;
                }
                out.append(new String(bytes, at, run - at, StandardCharsets.UTF_8));
                at = run;
            }
        }
        return out.toString();
    }

    /** The same bytes, with those that have come to stand beside each other joined into characters. */
    public static String rejoin(String text) {
        if (!hasBytes(text)) {
            return text;
        }
        byte[] bytes = encode(text);
        return decode(bytes, 0, bytes.length);
    }

    /** What can go out: bytes that are no UTF-8 become U+FFFD. */
    public static String valid(String text) {
        return hasBytes(text) ? new String(encode(text), StandardCharsets.UTF_8) : text;
    }

    /** The length of the well-formed sequence at {@code at}; 0 if there is none. */
    private static int sequence(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int size = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (size == 0 || at + size > end) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}
