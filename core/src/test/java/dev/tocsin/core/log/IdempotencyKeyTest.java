package dev.tocsin.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {
    private static final LogKey KEY = new LogKey("{}:{job=\"\u00e4\"}", "pager", "webhook", 1);

    /** The value was computed by hashing the same bytes elsewhere; nodes of different versions must agree on it. */
    @Test
    void staysTheSameForTheSameNotification() {
        String key = IdempotencyKey.of(KEY, 7, AlertHashes.of(1, 2), AlertHashes.of(-3));

        assertThat(key).isEqualTo("af82a55b020c9d8c1cf6ef26900e4b47");
        assertThat(IdempotencyKey.of(KEY, 7, AlertHashes.of(1, 2), AlertHashes.of(-3)))
                .isEqualTo(key);
    }

    @Test
    void tellsFiringFromResolved() {
        assertThat(IdempotencyKey.of(KEY, 7, AlertHashes.of(1, 2), AlertHashes.of()))
                .isNotEqualTo(IdempotencyKey.of(KEY, 7, AlertHashes.of(1), AlertHashes.of(2)));
    }
}
