package dev.tocsin.core.ingest;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Makes bytes valid UTF-8 the way Go's JSON decoder does: each byte that is not part of a valid sequence becomes U+FFFD.
 * The JSON parser behind would accept overlong forms and encoded surrogates, and refuse other damage.
 */
final class Utf8Text {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long BACKSLASHES = '\\' * LOW_BITS;

    private static final byte[] REPLACEMENT = {'f', 'f', 'f', 'd'};

    private Utf8Text() {}

    /** Whether the bytes from {@code start} up to {@code end} are valid; quick when they are ASCII. */
    static boolean isValid(byte[] bytes, int start, int end) {
        int at = start;
        while (true) {
            while (at + Long.BYTES <= end && ((long) LONG.get(bytes, at) & HIGH_BITS) == 0) {
                at += Long.BYTES;
            }
            if (at >= end) {
                return true;
            }
            int length = sequence(bytes, at, end);
            if (length == 0) {
                return false;
            }
            at += length;
        }
    }

    /** Whether a JSON escape in the bytes names a surrogate, which may stand alone. */
    static boolean escapesSurrogates(byte[] bytes, int start, int end) {
        int at = start;
        while (at + 5 < end) {
            if (at + Long.BYTES <= end && !hasBackslash((long) LONG.get(bytes, at))) {
                at += Long.BYTES;
            } else if (bytes[at] == '\\' && bytes[at + 1] == 'u' && (bytes[at + 2] | 0x20) == 'd') {
                return true;
            } else {
                at++;
            }
        }
        return false;
    }

    /** Whether one of eight bytes is a backslash: the exclusive or makes it 0, and only a 0 borrows from its highest bit. */
    private static boolean hasBackslash(long eight) {
        long zeros = eight ^ BACKSLASHES;
        return ((zeros - LOW_BITS) & ~zeros & HIGH_BITS) != 0;
    }

    /** The bytes from {@code start} up to {@code end} with every damaged one replaced. */
    static byte[] repaired(byte[] bytes, int start, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start + 16);
        int at = start;
        while (at < end) {
            int length = sequence(bytes, at, end);
            if (length == 0) {
                out.write(0xEF);
                out.write(0xBF);
                out.write(0xBD);
                at++;
            } else {
                out.write(bytes, at, length);
                at += length;
            }
        }
        return out.toByteArray();
    }

    /** The length of the valid sequence at {@code at}, or 0; ranges are those of RFC 3629 section 4. */
    private static int sequence(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (at + length > end) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /**
     * The bytes from {@code start} up to {@code end} with every JSON escape of a surrogate that stands alone turned into
     * one of U+FFFD.
     */
    static byte[] withoutLoneSurrogates(byte[] bytes, int start, int end) {
        byte[] out = Arrays.copyOfRange(bytes, start, end);
        int at = 0;
        while (at < out.length) {
            if (out[at] != '\\') {
                at++;
                continue;
            }
            int unit = escapedUnit(out, at);
            if (unit < 0) {
                at += 2;
            } else if (!Character.isSurrogate((char) unit)) {
                at += 6;
            } else if (Character.isHighSurrogate((char) unit) && isLow(escapedUnit(out, at + 6))) {
                at += 12;
            } else {
                System.arraycopy(REPLACEMENT, 0, out, at + 2, REPLACEMENT.length);
                at += 6;
            }
        }
        return out;
    }

    private static boolean isLow(int unit) {
        return unit >= 0 && Character.isLowSurrogate((char) unit);
    }

    /** The UTF-16 unit that the six bytes at {@code at} escape, or -1 if they are no such escape. */
    private static int escapedUnit(byte[] bytes, int at) {
        if (at + 6 > bytes.length || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
