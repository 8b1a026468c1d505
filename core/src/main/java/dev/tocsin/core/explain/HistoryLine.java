package dev.tocsin.core.explain;

import dev.tocsin.core.journal.JournalEvent;
import java.time.Instant;

/**
 * One entry of a journal.
 *
 * @param node the name of the node whose journal it is
 * @param event {@link JournalEvent#reason} says it in words
 */
public record HistoryLine(Instant at, String node, JournalEvent event) {}
