package dev.tocsin.core.journal;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal in memory: the newest events, bounded by their number and by the bytes they hold; older ones are forgotten.
 * Guarded by its own lock, held for the time of a copy at most.
 */
public final class MemoryJournal implements Journal {
    private final Clock clock;
    private final int maxEvents;
    private final long maxBytes;
    private final CounterFamily.Child forgottenCount;
    private final Object lock = new Object();
    private final ArrayDeque<JournalEntry> entries = new ArrayDeque<>();
    private long bytes;
    private long nextOffset;
    private long forgotten;
    private Instant forgottenUntil = Instant.MIN;

    /**
     * An empty journal.
     *
     * @param maxEvents the most events kept, at least 1
     * @param maxBytes the most memory they may hold, estimated by {@link JournalEvent#sizeBytes}
     */
    public MemoryJournal(Clock clock, Metrics metrics, int maxEvents, long maxBytes) {
        if (maxEvents < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("a journal of " + maxEvents + " events and " + maxBytes + " bytes");
        }
        this.clock = clock;
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.forgottenCount = metrics.counter(
                        "tocsin_journal_forgotten_total", "Journal events dropped because the journal was full.")
                .labels();
        metrics.gauge("tocsin_journal_events", "Events in the journal.")
                .labels()
                .set(this::size);
    }

    @Override
    public void append(JournalEvent event) {
        Instant now = clock.now();
        synchronized (lock) {
            entries.addLast(new JournalEntry(nextOffset++, now, event));
            bytes += event.sizeBytes();
            while (entries.size() > maxEvents || bytes > maxBytes) {
                JournalEntry oldest = entries.removeFirst();
                bytes -= oldest.event().sizeBytes();
                forgotten++;
                forgottenUntil = oldest.at();
                forgottenCount.increment();
            }
        }
    }

    @Override
    public List<JournalEntry> query(JournalFilter filter) {
        List<JournalEntry> kept;
        long missing;
        Instant missingUntil;
        synchronized (lock) {
            kept = new ArrayList<>(entries);
            missing = forgotten;
            missingUntil = forgottenUntil;
        }
        List<JournalEntry> found = new ArrayList<>();
        for (int i = kept.size() - 1; i >= 0 && found.size() < filter.limit(); i--) {
            if (filter.accepts(kept.get(i))) {
                found.add(kept.get(i));
            }
        }
        Instant from = filter.from();
        if (missing > 0 && found.size() < filter.limit() && (from == null || !from.isAfter(missingUntil))) {
            found.add(new JournalEntry(missing - 1, missingUntil, new HubEvent.Gap(missing, missingUntil)));
        }
        return List.copyOf(found);
    }

    private double size() {
        synchronized (lock) {
            return entries.size();
        }
    }
}
