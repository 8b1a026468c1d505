package dev.tocsin.core.journal;

import java.util.List;

/** The hub's memory of what it decided and why. Safe for all threads. */
public interface Journal {
    /** Writes down an event. Never blocks, never fails: what cannot be kept is counted and shows as a gap. */
    void append(JournalEvent event);

    /**
     * The events that fulfil {@code filter}, newest first. If the time asked for reaches back to events that are
     * forgotten, and the limit is not used up, the last entry is a {@link HubEvent.Gap}.
     */
    List<JournalEntry> query(JournalFilter filter);
}
