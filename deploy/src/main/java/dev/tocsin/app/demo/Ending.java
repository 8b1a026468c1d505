package dev.tocsin.app.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ends everything that was begun, last first and once: when the story is told, when it fails, and when the process is
 * told to stop. Safe for all threads.
 */
final class Ending implements AutoCloseable {
    private final Deque<AutoCloseable> begun = new ArrayDeque<>();
    private boolean ended;

    /** From now on a signal that stops the process ends what was begun. */
    Ending() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
    }

    /**
     * Something that must be ended; at once if it comes too late.
     *
     * @throws IllegalStateException if it comes too late
     */
    synchronized <T extends AutoCloseable> T add(T thing) {
        if (ended) {
            end(thing);
            throw new IllegalStateException("the demonstration is over");
        }
        begun.push(thing);
        return thing;
    }

    @Override
    public synchronized void close() {
        ended = true;
        while (!begun.isEmpty()) {
            end(begun.pop());
        }
    }

    private static void end(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            System.err.println("tocsin: error: not ended cleanly: " + e.getMessage());
        }
    }
}
