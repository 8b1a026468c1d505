package dev.tocsin.it.sim.world;

import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.History;
import java.util.List;

/** A journal that is part of the history. */
record SimJournal(SimTime time, History history, int node, int life) implements Journal {
    @Override
    public void append(JournalEvent event) {
        history.add(new Happening.Journaled(time.now(), node, life, event));
    }

    @Override
    public List<JournalEntry> query(JournalFilter filter) {
        return List.of();
    }
}
