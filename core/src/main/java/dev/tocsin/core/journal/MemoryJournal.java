package dev.tocsin.core.journal;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A journal in memory: the newest events, bounded by their number and by the bytes they hold; older ones are forgotten.
 * Guarded by its own lock, held for the time of a copy at most.
 */
public final class MemoryJournal implements Journal, JournalReader {
    private final String node;
    private final Clock clock;
    private final int maxEvents;
    private final long maxBytes;
    private final CounterFamily.Child forgottenCount;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private final NavigableMap<Long, JournalEntry> entries = new TreeMap<>();
    private final long first;
    private long bytes;
    private long next;
    private Instant forgottenUntil = Instant.MIN;

    /**
     * An empty journal.
     *
     * @param node the node's name
     * @param maxEvents the most events kept, at least 1
     * @param maxBytes the most memory they may hold, estimated by {@link JournalEvent#sizeBytes}
     */
    public MemoryJournal(String node, Clock clock, Metrics metrics, int maxEvents, long maxBytes) {
        if (maxEvents < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("a journal of " + maxEvents + " events and " + maxBytes + " bytes");
        }
        this.node = node;
        this.clock = clock;
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.first = Offsets.firstAt(clock.now());
        this.next = first;
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
            entries.put(next, new JournalEntry(node, next, now, event));
            next++;
            bytes += event.sizeBytes();
            while (entries.size() > maxEvents || bytes > maxBytes) {
                JournalEntry oldest = entries.pollFirstEntry().getValue();
                bytes -= oldest.event().sizeBytes();
                forgottenUntil = oldest.at();
                forgottenCount.increment();
            }
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public long next() {
        synchronized (lock) {
            return next;
        }
    }

    @Override
    public JournalPage query(JournalFilter filter, JournalCursor before, int limit) {
        JournalReader.checkLimit(limit);
        List<JournalEntry> found = new ArrayList<>();
        synchronized (lock) {
            long bound = before.at(node).orElse(next);
            JournalCursor newer = JournalCursor.of(node, Math.max(first, Math.min(bound, next)));
            for (JournalEntry entry :
                    entries.headMap(bound, false).descendingMap().values()) {
                if (filter.accepts(entry)) {
                    if (found.size() == limit) {
                        return page(found, found.getLast().offset(), newer, true);
                    }
                    found.add(entry);
                }
            }
            JournalEntry gap = gap(first);
            if (gap != null && gap.offset() < bound && filter.acceptsTime(gap.at())) {
                if (found.size() == limit) {
                    return page(found, found.getLast().offset(), newer, true);
                }
                found.add(gap);
            }
            return page(found, 0, newer, false);
        }
    }

    private JournalPage page(List<JournalEntry> found, long older, JournalCursor newer, boolean more) {
        return new JournalPage(found, JournalCursor.of(node, older), newer, more, Map.of());
    }

    @Override
    public JournalPage read(JournalFilter filter, JournalCursor from, int limit) {
        JournalReader.checkLimit(limit);
        List<JournalEntry> found = new ArrayList<>();
        synchronized (lock) {
            long start = from.at(node).orElse(0);
            JournalEntry gap = gap(Math.max(first, start));
            if (gap != null && gap.offset() >= start && filter.acceptsTime(gap.at())) {
                found.add(gap);
            }
            for (JournalEntry entry : entries.tailMap(start, true).values()) {
                if (filter.accepts(entry)) {
                    if (found.size() == limit) {
                        return read(found, from, found.getLast().offset() + 1, true);
                    }
                    found.add(entry);
                }
            }
            return read(found, from, Math.max(start, next), false);
        }
    }

    private JournalPage read(List<JournalEntry> found, JournalCursor from, long newer, boolean more) {
        return new JournalPage(found, from, JournalCursor.of(node, newer), more, Map.of());
    }

    /** What stands for the forgotten events from {@code since} on; null if there are none. */
    private @Nullable JournalEntry gap(long since) {
        long kept = entries.isEmpty() ? next : entries.firstKey();
        return kept <= since
                ? null
                : new JournalEntry(node, kept - 1, forgottenUntil, new HubEvent.Gap(kept - since, forgottenUntil));
    }

    @Override
    public Cancellable listen(Runnable grown) {
        listeners.add(grown);
        return () -> listeners.remove(grown);
    }

    private double size() {
        synchronized (lock) {
            return entries.size();
        }
    }
}
