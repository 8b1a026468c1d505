package dev.tocsin.api;

import dev.tocsin.core.journal.ClusterJournal;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.JournalPage;
import dev.tocsin.core.runtime.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** The journals of some nodes, which answer at once unless they are told to be silent. */
public final class FakeJournal implements ClusterJournal {
    /** Nodes that do not answer. */
    public final Set<String> silent = new HashSet<>();

    private final Map<String, List<JournalEntry>> nodes = new TreeMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    /** Lets {@code node} write an event down. */
    public synchronized JournalEntry append(String node, JournalEvent event) {
        List<JournalEntry> entries = nodes.computeIfAbsent(node, name -> new ArrayList<>());
        now = now.plusMillis(1);
        JournalEntry entry = new JournalEntry(node, entries.size(), now, event);
        entries.add(entry);
        return entry;
    }

    /** Lets {@code node} write something down, and tells who listens. */
    public void happen(String node, String what) {
        append(node, new HubEvent.Started(what));
        listeners.forEach(Runnable::run);
    }

    @Override
    public synchronized CompletionStage<JournalPage> query(
            JournalFilter filter, JournalCursor before, int limit, Duration patience) {
        List<JournalEntry> found = new ArrayList<>();
        JournalCursor newer = JournalCursor.NONE;
        for (Map.Entry<String, List<JournalEntry>> node : nodes.entrySet()) {
            if (!silent.contains(node.getKey())) {
                newer = newer.with(node.getKey(), node.getValue().size());
                for (JournalEntry entry : node.getValue()) {
                    if (entry.offset() < before.at(node.getKey()).orElse(Long.MAX_VALUE) && filter.accepts(entry)) {
                        found.add(entry);
                    }
                }
            }
        }
        found.sort(Comparator.comparing(JournalEntry::at).reversed());
        List<JournalEntry> page = found.subList(0, Math.min(limit, found.size()));
        JournalCursor older = before;
        for (JournalEntry entry : page) {
            older = older.with(entry.node(), entry.offset());
        }
        return CompletableFuture.completedFuture(
                new JournalPage(page, older, newer, page.size() < found.size(), reasons()));
    }

    private Map<String, String> reasons() {
        Map<String, String> reasons = new HashMap<>();
        silent.forEach(node -> reasons.put(node, "silent"));
        return reasons;
    }

    @Override
    public synchronized CompletionStage<JournalPage> read(
            JournalFilter filter, JournalCursor from, int limit, Duration patience) {
        List<JournalEntry> all = new ArrayList<>();
        for (Map.Entry<String, List<JournalEntry>> node : nodes.entrySet()) {
            if (!silent.contains(node.getKey())) {
                all.addAll(node.getValue()
                        .subList(
                                (int) from.at(node.getKey()).orElse(0),
                                node.getValue().size()));
            }
        }
        all.sort(Comparator.comparing(JournalEntry::at));
        List<JournalEntry> page = new ArrayList<>();
        JournalCursor newer = from;
        boolean more = false;
        for (JournalEntry entry : all) {
            if (page.size() == limit) {
                more = true;
                break;
            }
            newer = newer.with(entry.node(), entry.offset() + 1);
            if (filter.types().isEmpty() || filter.accepts(entry)) {
                page.add(entry);
            }
        }
        return CompletableFuture.completedFuture(new JournalPage(page, from, newer, more, reasons()));
    }

    @Override
    public Cancellable listen(Runnable grown) {
        listeners.add(grown);
        return () -> listeners.remove(grown);
    }
}
