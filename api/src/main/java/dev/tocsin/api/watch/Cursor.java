package dev.tocsin.api.watch;

import dev.tocsin.api.service.CheckedText;
import dev.tocsin.api.service.ServiceException;
import java.nio.ByteBuffer;

/**
 * Texts that name a place in a watch, with a checksum. A forged one names a place that its maker could have had anyway.
 */
final class Cursor {
    private static final int MAX_LENGTH = 8192;

    private Cursor() {}

    /**
     * Names a place.
     *
     * @param query what is watched, with all conditions: equal for equal ones
     * @param place opaque here
     */
    static String encode(String query, byte[] place) {
        ByteBuffer out = CheckedText.begin(Long.BYTES + place.length);
        return CheckedText.end(out.putLong(CheckedText.hash(query)).put(place));
    }

    /**
     * The place.
     *
     * @throws ServiceException if the cursor is damaged or belongs to another watch
     */
    static ByteBuffer decode(String query, String cursor) {
        ByteBuffer in = CheckedText.read(cursor, MAX_LENGTH, Long.BYTES);
        if (in == null) {
            throw bad();
        }
        if (in.getLong() != CheckedText.hash(query)) {
            throw ServiceException.invalid(
                    "CURSOR_MISMATCH", "cursor", "belongs to a watch with other conditions; watch with the same ones");
        }
        return in;
    }

    static ServiceException bad() {
        return ServiceException.invalid(
                "CURSOR_INVALID", "cursor", "is not a cursor of this watch; pass it on unchanged, or leave it empty");
    }
}
