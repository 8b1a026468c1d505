package dev.tocsin.core.journal;

/** The hub's memory of what it decided and why, as those see it who decide. Safe for all threads. */
public interface Journal {
    /** Writes down an event. Never blocks, never fails: what cannot be kept is counted and shows as a gap. */
    void append(JournalEvent event);
}
