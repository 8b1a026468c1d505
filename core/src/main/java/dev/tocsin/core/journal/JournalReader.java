package dev.tocsin.core.journal;

import dev.tocsin.core.runtime.Cancellable;

/**
 * One node's journal, as those see it who ask. Safe for all threads. {@link #query} and {@link #read} may block on the
 * disk: call them on a worker.
 */
public interface JournalReader {
    /** The most entries of one page. */
    int MAX_LIMIT = 10_000;

    /** The name of the node whose journal this is. */
    String node();

    /** The number that the next event will get. */
    long next();

    /**
     * Events that fulfil {@code filter}, newest first. Where events are missing that the time asked for reaches back to,
     * there stands a {@link HubEvent.Gap} instead.
     *
     * @param before only events with smaller numbers than it names for this node; all if it names none
     * @param limit the most entries, from 1 to {@link #MAX_LIMIT}
     * @return its {@code older} asks for the next page
     */
    JournalPage query(JournalFilter filter, JournalCursor before, int limit);

    /**
     * Events that fulfil {@code filter}, oldest first. Where events are missing, there stands a {@link HubEvent.Gap}.
     *
     * @param from only events with this number or a larger one; all that are kept if it names none for this node
     * @param limit the most entries, from 1 to {@link #MAX_LIMIT}
     * @return its {@code newer} asks for the next page, also past events that the filter leaves out
     */
    JournalPage read(JournalFilter filter, JournalCursor from, int limit);

    /**
     * Calls {@code grown} after events have been added, perhaps once for many, on any thread: it must return at once.
     *
     * @return stops that
     */
    Cancellable listen(Runnable grown);

    /**
     * Checks a limit.
     *
     * @throws IllegalArgumentException if it is not from 1 to {@link #MAX_LIMIT}
     */
    static void checkLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT + ", not " + limit);
        }
    }
}
