package dev.tocsin.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decodes the percent signs of request targets. */
public final class PercentEncoding {
    private PercentEncoding() {}

    /**
     * The decoded text, read as UTF-8; bytes that are not UTF-8 become U+FFFD.
     *
     * @param encoded one character per byte, as it came from the wire
     * @param plusIsSpace whether a plus sign means a space, as in queries
     * @return null if a percent sign is not followed by two hexadecimal digits
     */
    public static @Nullable String decode(String encoded, boolean plusIsSpace) {
        if (isPlain(encoded, plusIsSpace)) {
            return encoded;
        }
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int value = hexPair(encoded, i + 1);
                if (value < 0) {
                    return null;
                }
                bytes[length++] = (byte) value;
                i += 2;
            } else {
                bytes[length++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
            }
        }
        return new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8);
    }

    private static boolean isPlain(String text, boolean plusIsSpace) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c >= 0x80 || (plusIsSpace && c == '+')) {
                return false;
            }
        }
        return true;
    }

    private static int hexPair(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
