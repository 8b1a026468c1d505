package dev.tocsin.core.journal;

import java.time.Instant;

/**
 * An event as the journal keeps it.
 *
 * @param offset its number on this node, counted from 0 without holes
 * @param at when it was appended
 */
public record JournalEntry(long offset, Instant at, JournalEvent event) {}
