package dev.tocsin.api.service;

import dev.tocsin.core.runtime.Clock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    /** When it was given out, and for which conditions. */
    private static final int HEAD = Long.BYTES + Long.BYTES;

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
        ByteBuffer out = CheckedText.begin(HEAD + text.length);
        out.putLong(clock.now().getEpochSecond())
                .putLong(CheckedText.hash(query))
                .put(text);
        return CheckedText.end(out);
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
        ByteBuffer in = CheckedText.read(token, MAX_LENGTH, HEAD);
        if (in == null) {
            throw bad();
        }
        long issued = in.getLong();
        long asked = in.getLong();
        Duration age = Duration.ofSeconds(clock.now().getEpochSecond() - issued);
        if (age.compareTo(LIFE) > 0 || age.compareTo(SKEW.negated()) < 0) {
            throw ServiceException.invalid(
                    "PAGE_TOKEN_EXPIRED", "page_token", "is older than an hour; begin again with the first page");
        }
        if (asked != CheckedText.hash(query)) {
            throw ServiceException.invalid(
                    "PAGE_TOKEN_MISMATCH",
                    "page_token",
                    "was given for other conditions; ask for all pages with the same ones");
        }
        return StandardCharsets.UTF_8.decode(in).toString();
    }

    private static ServiceException bad() {
        return ServiceException.invalid(
                "PAGE_TOKEN_INVALID", "page_token", "is not a next_page_token of this list; pass it on unchanged");
    }
}
