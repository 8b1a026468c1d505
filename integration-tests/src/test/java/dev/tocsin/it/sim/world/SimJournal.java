package dev.tocsin.it.sim.world;

import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.History;

/**
 * A journal that is part of the history.
 *
 * @param kept what the node itself can still tell
 */
record SimJournal(SimTime time, History history, int node, int life, MemoryJournal kept) implements Journal {
    @Override
    public void append(JournalEvent event) {
        history.add(new Happening.Journaled(time.now(), node, life, event));
        kept.append(event);
    }
}
