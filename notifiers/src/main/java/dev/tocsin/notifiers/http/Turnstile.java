package dev.tocsin.notifiers.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what one integration has under way at once. Each has its own: one that hangs uses up nobody else's turns, also where
 * they share a server. Who waits longest is next. Safe for all threads.
 */
public final class Turnstile {
    /** What may be under way at once; more waits, at most until its deadline. */
    public static final int AT_ONCE = 512;

    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** Nothing is under way. */
    public Turnstile() {}

    /**
     * Waits for a turn; {@link #leave} must follow if there is one.
     *
     * @return whether there is one in time
     */
    public boolean enter(Duration limit) throws InterruptedException {
        return turns.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends a turn. */
    public void leave() {
        turns.release();
    }
}
