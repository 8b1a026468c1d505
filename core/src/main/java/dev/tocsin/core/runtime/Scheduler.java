package dev.tocsin.core.runtime;

import java.time.Duration;

/**
 * The hub loop: runs tasks one after the other, never two at once, and later ones after a delay. All state of the hub
 * is written on it. Tasks must not block. Any thread may call the methods.
 */
public interface Scheduler {
    /** Runs {@code task} on the loop as soon as the tasks before it are done. */
    void execute(Runnable task);

    /**
     * Runs {@code task} on the loop after {@code delay}; at once if the delay is zero or negative.
     *
     * @return a handle that cancels the task unless it has begun
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** Whether the calling thread is the loop's. */
    boolean isCurrent();
}
