package dev.tocsin.core.journal.peer;

import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins pages of several nodes into one, by time as far as that leaves each node's entries in their order: a clock that
 * stepped back cannot make a cursor skip anything. It ends where a node had more to tell than it could, for what that node
 * says next may belong before what the others said.
 */
final class PageMerge {
    private final boolean forward;
    private final int limit;
    private final JournalCursor asked;
    private final SortedMap<String, JournalPage> pages;

    /**
     * @param forward whether the pages are oldest first
     * @param asked where the pages begin
     * @param pages by node
     */
    PageMerge(boolean forward, int limit, JournalCursor asked, Map<String, JournalPage> pages) {
        this.forward = forward;
        this.limit = limit;
        this.asked = asked;
        this.pages = new TreeMap<>(pages);
    }

    private static final class Source {
        final String node;
        final JournalPage page;
        int next;

        Source(String node, JournalPage page) {
            this.node = node;
            this.page = page;
        }

        JournalEntry head() {
            return page.entries().get(next);
        }

        boolean isEmpty() {
            return next == page.entries().size();
        }

        boolean isCut() {
            return isEmpty() && page.more();
        }
    }

    /**
     * The whole page.
     *
     * @param silent the nodes that did not answer, and why. Their place in the cursor stays; who reads on behind a query
     *     hears of them what happens from {@code now} on
     */
    JournalPage join(Map<String, String> silent, Instant now) {
        Comparator<Source> byTime = Comparator.comparing(source -> source.head().at());
        PriorityQueue<Source> heads =
                new PriorityQueue<>((forward ? byTime : byTime.reversed()).thenComparing(source -> source.node));
        List<Source> sources = new ArrayList<>();
        boolean cut = false;
        for (Map.Entry<String, JournalPage> page : pages.entrySet()) {
            Source source = new Source(page.getKey(), page.getValue());
            sources.add(source);
            cut |= source.isCut();
            if (!source.isEmpty()) {
                heads.add(source);
            }
        }
        List<JournalEntry> joined = new ArrayList<>();
        while (joined.size() < limit && !cut) {
            Source first = heads.poll();
            if (first == null) {
                break;
            }
            joined.add(first.head());
            first.next++;
            cut = first.isCut();
            if (!first.isEmpty()) {
                heads.add(first);
            }
        }
        boolean more = cut || !heads.isEmpty();
        return new JournalPage(joined, older(sources), newer(sources, silent, now), more, silent);
    }

    private JournalCursor older(List<Source> sources) {
        if (forward) {
            return asked;
        }
        JournalCursor cursor = asked;
        for (Source source : sources) {
            cursor = place(cursor, source, source.page.older());
        }
        return cursor;
    }

    private JournalCursor newer(List<Source> sources, Map<String, String> silent, Instant now) {
        JournalCursor cursor = forward ? asked : JournalCursor.NONE;
        if (!forward) {
            for (String node : silent.keySet()) {
                cursor = cursor.with(node, now);
            }
        }
        for (Source source : sources) {
            if (forward) {
                cursor = place(cursor, source, source.page.newer());
            } else {
                OptionalLong end = source.page.newer().at(source.node);
                cursor = end.isPresent() ? cursor.with(source.node, end.getAsLong()) : cursor;
            }
        }
        return cursor;
    }

    /** Behind what was taken of a node; where its page ends if all was. */
    private JournalCursor place(JournalCursor cursor, Source source, JournalCursor end) {
        if (source.isEmpty()) {
            OptionalLong offset = end.at(source.node);
            return offset.isPresent() ? cursor.with(source.node, offset.getAsLong()) : cursor;
        }
        @Nullable JournalEntry last = source.next == 0 ? null : source.page.entries().get(source.next - 1);
        if (last != null) {
            return cursor.with(source.node, forward ? last.offset() + 1 : last.offset());
        }
        if (!forward && asked.at(source.node).isEmpty()) {
            // nothing of it was taken yet: the next page must begin where this one did, not at what is newer by then
            return cursor.with(source.node, source.head().offset() + 1);
        }
        return cursor;
    }
}
