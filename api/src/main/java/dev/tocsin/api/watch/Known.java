package dev.tocsin.api.watch;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a client says it has, as far as a snapshot has not come to it. Guarded by whoever owns it. */
final class Known {
    private final TreeMap<String, Long> left;
    private Runnable closed;

    /**
     * Copies {@code versions}.
     *
     * @param closed called once, when nothing of it is held any more
     */
    Known(Map<String, Long> versions, Runnable closed) {
        this.left = new TreeMap<>(versions);
        this.closed = closed;
    }

    /** A client that has nothing. */
    static Known nothing() {
        return new Known(Map.of(), () -> {});
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    /** Takes out the version of an item; null if the client does not have it. */
    @Nullable Long take(String key) {
        return left.remove(key);
    }

    /** Takes out at most {@code most} items before {@code key}, or all if it is null, and adds their keys to {@code to}. */
    void takeBefore(@Nullable String key, int most, List<String> to) {
        Iterator<String> keys = left.keySet().iterator();
        for (int i = 0; i < most && keys.hasNext(); i++) {
            String next = keys.next();
            if (key != null && next.compareTo(key) >= 0) {
                return;
            }
            keys.remove();
            to.add(next);
        }
    }

    /** Forgets everything. */
    void close() {
        left.clear();
        closed.run();
        closed = () -> {};
    }
}
