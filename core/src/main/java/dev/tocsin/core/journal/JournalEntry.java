package dev.tocsin.core.journal;

import java.time.Instant;

/**
 * An event as a journal keeps it.
 *
 * @param node the name of the node whose journal this is
 * @param offset its number on that node. Numbers rise by one as long as the node lives, and jump ahead at each start; none
 *     is ever given twice, not even if the node loses its disk
 * @param at when it was appended, by the node's clock
 */
public record JournalEntry(String node, long offset, Instant at, JournalEvent event) {}
