package dev.tocsin.api.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A user's name and password as a request shows them. Immutable; {@code toString} shows neither.
 *
 * @param password in the bytes in which it came; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Credentials(String user, byte[] password) {
    private static final String SCHEME = "Basic ";

    /** What an {@code Authorization} header of HTTP basic authentication (RFC 7617) says; null if it is none. */
    static @Nullable Credentials of(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        byte[] pair;
        try {
            pair = Base64.getDecoder().decode(header.substring(SCHEME.length()));
        } catch (IllegalArgumentException e) {
            return null;
        }
        for (int i = 0; i < pair.length; i++) {
            if (pair[i] == ':') {
                return new Credentials(
                        new String(pair, 0, i, StandardCharsets.UTF_8), Arrays.copyOfRange(pair, i + 1, pair.length));
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "<secret>";
    }
}
