package dev.tocsin.api.http.server;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of request bodies may be held at once, over all connections. Safe for all threads. */
final class BodyBudget {
    private final long limit;
    private final AtomicLong held = new AtomicLong();

    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** Takes {@code bytes} if they are left. */
    boolean take(long bytes) {
        long now = held.addAndGet(bytes);
        if (now > limit) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Gives {@code bytes} back. */
    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    /** The bytes held now. */
    long held() {
        return held.get();
    }
}
