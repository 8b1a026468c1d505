package dev.tocsin.core.journal;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Some entries of one or more nodes' journals. Immutable.
 *
 * @param entries newest first of a query, oldest first of a read; of several nodes merged by time, but those of one node
 *     always in the order of their numbers
 * @param older asks for the page before the oldest entry of this one
 * @param newer reads on behind this page. Of the first page of a query that is what came after the query, so that nobody
 *     misses or repeats anything who shows a page and then goes on reading
 * @param more whether there certainly is more in the direction of the page
 * @param silent the nodes that did not answer, and why, sorted by name; empty if the page is complete
 */
public record JournalPage(
        List<JournalEntry> entries,
        JournalCursor older,
        JournalCursor newer,
        boolean more,
        Map<String, String> silent) {
    /** Copies the collections. */
    public JournalPage {
        entries = List.copyOf(entries);
        silent = Collections.unmodifiableMap(new TreeMap<>(silent));
    }
}
