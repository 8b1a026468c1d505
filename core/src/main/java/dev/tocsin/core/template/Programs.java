package dev.tocsin.core.template;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps programs by the texts that they were made of. At its bound it keeps what it has: the texts of a configuration
 * come first. Safe for all threads.
 */
final class Programs {
    private static final int MAX_COUNT = 16_384;
    private static final long MAX_CHARACTERS = 8 << 20;

    private final ConcurrentHashMap<String, Program> byText = new ConcurrentHashMap<>();
    private final AtomicLong characters = new AtomicLong();

    @Nullable Program find(String text) {
        return byText.get(text);
    }

    void keep(String text, Program program) {
        if (byText.size() < MAX_COUNT
                && characters.get() + text.length() <= MAX_CHARACTERS
                && byText.putIfAbsent(text, program) == null) {
            characters.addAndGet(text.length());
        }
    }
}
