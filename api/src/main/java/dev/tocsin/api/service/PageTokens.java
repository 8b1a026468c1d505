package dev.tocsin.api.service;

import dev.tocsin.core.runtime.Clock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Names places in lists for clients: the key of the last item, the list and its conditions, and the time, with a checksum.
 * Every node reads every node's tokens, nothing is kept between two pages. They are no secrets: a forged one names a place
 * that its maker could have asked for anyway. Immutable.
 */
public final class PageTokens {
    /** The longest token that is looked at, in characters. */
    public static final int MAX_LENGTH = 4096;

    private static final Duration LIFE = Duration.ofHours(1);
    /** Nodes' clocks differ. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final byte VERSION = 1;
    private static final int HEAD = 1 + Integer.BYTES + Long.BYTES + Long.BYTES;

    private final Clock clock;

    /** Tokens that age by this clock. */
    public PageTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * A token for what comes after {@code key}.
     *
     * @param query the list and all its conditions, as a text that is equal for equal ones
     */
    String token(String query, String key) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(HEAD + text.length);
        out.put(VERSION)
                .putInt(0)
                .putLong(clock.now().getEpochSecond())
                .putLong(hash(query))
                .put(text);
        out.putInt(1, checksum(out.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
    }

    /**
     * The key in {@code token}; null for an empty one.
     *
     * @throws ServiceException if it is damaged, old, or was given for other conditions
     */
    @Nullable String key(String query, String token) {
        if (token.isEmpty()) {
            return null;
        }
        byte[] bytes = bytes(token);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        in.position(1);
        int sum = in.getInt();
        long issued = in.getLong();
        long asked = in.getLong();
        if (sum != checksum(bytes)) {
            throw bad();
        }
        Duration age = Duration.ofSeconds(clock.now().getEpochSecond() - issued);
        if (age.compareTo(LIFE) > 0 || age.compareTo(SKEW.negated()) < 0) {
            throw ServiceException.invalid(
                    "PAGE_TOKEN_EXPIRED", "page_token", "is older than an hour; begin again with the first page");
        }
        if (asked != hash(query)) {
            throw ServiceException.invalid(
                    "PAGE_TOKEN_MISMATCH",
                    "page_token",
                    "was given for other conditions; ask for all pages with the same ones");
        }
        return new String(bytes, HEAD, bytes.length - HEAD, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String token) {
        if (token.length() > MAX_LENGTH) {
            throw bad();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length >= HEAD && bytes[0] == VERSION) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // not one of ours, as below
        }
        throw bad();
    }

    private static ServiceException bad() {
        return ServiceException.invalid(
                "PAGE_TOKEN_INVALID", "page_token", "is not a next_page_token of this list; pass it on unchanged");
    }

    /** Of everything but its own place. */
    private static int checksum(byte[] token) {
        CRC32C sum = new CRC32C();
        sum.update(token, 0, 1);
        sum.update(token, 1 + Integer.BYTES, token.length - 1 - Integer.BYTES);
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
