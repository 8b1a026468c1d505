package dev.tocsin.api.watch;

import dev.tocsin.api.service.ServiceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Texts that name a place in a watch, with a checksum. A forged one names a place that its maker could have had anyway.
 */
final class Cursor {
    private static final byte VERSION = 1;
    private static final int HEAD = 1 + Integer.BYTES + Long.BYTES;
    private static final int MAX_LENGTH = 8192;

    private Cursor() {}

    /**
     * Names a place.
     *
     * @param query what is watched, with all conditions: equal for equal ones
     * @param place opaque here
     */
    static String encode(String query, byte[] place) {
        ByteBuffer out = ByteBuffer.allocate(HEAD + place.length);
        out.put(VERSION).putInt(0).putLong(hash(query)).put(place);
        out.putInt(1, checksum(out.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
    }

    /**
     * The place.
     *
     * @throws ServiceException if the cursor is damaged or belongs to another watch
     */
    static ByteBuffer decode(String query, String cursor) {
        if (cursor.length() > MAX_LENGTH) {
            throw bad();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw bad();
        }
        if (bytes.length < HEAD || bytes[0] != VERSION) {
            throw bad();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        in.position(1);
        if (in.getInt() != checksum(bytes)) {
            throw bad();
        }
        if (in.getLong() != hash(query)) {
            throw ServiceException.invalid(
                    "CURSOR_MISMATCH", "cursor", "belongs to a watch with other conditions; watch with the same ones");
        }
        return in;
    }

    static ServiceException bad() {
        return ServiceException.invalid(
                "CURSOR_INVALID", "cursor", "is not a cursor of this watch; pass it on unchanged, or leave it empty");
    }

    private static int checksum(byte[] cursor) {
        CRC32C sum = new CRC32C();
        sum.update(cursor, 0, 1);
        sum.update(cursor, 1 + Integer.BYTES, cursor.length - 1 - Integer.BYTES);
        return (int) sum.getValue();
    }

    private static long hash(String query) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < query.length(); i++) {
            hash = (hash ^ query.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
