package dev.tocsin.api.web;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of password checks. Good and bad ones are kept apart, so that guesses cannot push out what clients use every
 * second. Of each kind the one that was not asked for longest goes first. Guarded by its own lock.
 */
final class LoginCache {
    private final Map<ByteBuffer, Boolean> good;
    private final Map<ByteBuffer, Boolean> bad;

    /** @param capacity how many outcomes of each kind are kept */
    LoginCache(int capacity) {
        this.good = bounded(capacity);
        this.bad = bounded(capacity);
    }

    private static Map<ByteBuffer, Boolean> bounded(int capacity) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
                return size() > capacity;
            }
        };
    }

    /** The outcome for what {@code key} stands for; null if it is not known. */
    synchronized @Nullable Boolean get(ByteBuffer key) {
        Boolean outcome = good.get(key);
        return outcome == null ? bad.get(key) : outcome;
    }

    synchronized void put(ByteBuffer key, boolean outcome) {
        (outcome ? good : bad).put(key, outcome);
    }
}
