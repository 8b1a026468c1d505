package dev.tocsin.api.service;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that clients keep and give back, as a text: a version and a checksum stand in front, so that what was cut or typed is
 * told from what was given out. It is no seal: whoever knows how can forge one.
 */
public final class CheckedText {
    private static final byte VERSION = 1;
    private static final int HEAD = 1 + Integer.BYTES;

    private CheckedText() {}

    /**
     * What is to become a text: fill it to its end.
     *
     * @param length how many bytes clients keep
     */
    public static ByteBuffer begin(int length) {
        return ByteBuffer.allocate(HEAD + length).put(VERSION).putInt(0);
    }

    /** The text of a buffer that {@link #begin} gave. */
    @SuppressWarnings("ByteBufferBackingArray") // allocated by begin
    public static String end(ByteBuffer filled) {
        byte[] bytes = filled.array();
        filled.putInt(1, checksum(bytes));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The bytes that were kept; null if the text is none that was given out.
     *
     * @param most the longest text that is looked at, in characters
     * @param least how many bytes there must be
     */
    public static @Nullable ByteBuffer read(String text, int most, int least) {
        if (text.length() > most) {
            return null;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (bytes.length < HEAD + least || bytes[0] != VERSION) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        in.position(1);
        return in.getInt() == checksum(bytes) ? in : null;
    }

    /** Of everything but its own place. */
    private static int checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, 1);
        sum.update(bytes, HEAD, bytes.length - HEAD);
        return (int) sum.getValue();
    }

    /** A number that is equal for equal conditions and else, but for chance, another one: FNV-1a. */
    public static long hash(String conditions) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < conditions.length(); i++) {
            hash = (hash ^ conditions.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
