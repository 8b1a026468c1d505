package dev.tocsin.api.watch;

import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The latest entries of all nodes in the order in which this node heard of them, for all who follow. Bounded: the oldest
 * ones make room. Guarded by whoever owns it.
 */
final class JournalTail {
    private static final int KEPT = 8_192;

    private final ArrayDeque<JournalEntry> entries = new ArrayDeque<>();
    /** The place before the oldest entry. */
    private final SortedMap<String, Long> floor;

    private long start;
    private JournalCursor head;

    /** An empty tail that begins at {@code head}. */
    JournalTail(JournalCursor head) {
        this.floor = new TreeMap<>(head.offsets());
        this.head = head;
    }

    /** Adds what was read from {@link #head}. */
    void add(List<JournalEntry> read, JournalCursor next) {
        for (JournalEntry entry : read) {
            floor.putIfAbsent(entry.node(), entry.offset());
            entries.addLast(entry);
            if (entries.size() > KEPT) {
                JournalEntry oldest = entries.removeFirst();
                floor.put(oldest.node(), oldest.offset() + 1);
                start++;
            }
        }
        head = next;
    }

    /** The place behind the newest entry. */
    JournalCursor head() {
        return head;
    }

    /** The number of the oldest entry. */
    long start() {
        return start;
    }

    /** The number that the next entry gets. */
    long end() {
        return start + entries.size();
    }

    /** Whether whoever stands at {@code place} finds everything that follows here. */
    boolean covers(SortedMap<String, Long> place) {
        for (var node : floor.entrySet()) {
            Long at = place.get(node.getKey());
            if (at == null || at < node.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** At most {@code most} entries from number {@code from} on. */
    List<JournalEntry> from(long from, int most) {
        List<JournalEntry> found = new ArrayList<>();
        // the ring has no index; followers are close to its end
        var newestFirst = entries.descendingIterator();
        long behind = end() - from;
        ArrayDeque<JournalEntry> late = new ArrayDeque<>();
        for (long i = 0; i < behind && newestFirst.hasNext(); i++) {
            late.addFirst(newestFirst.next());
        }
        while (!late.isEmpty() && found.size() < most) {
            found.add(late.removeFirst());
        }
        return found;
    }
}
