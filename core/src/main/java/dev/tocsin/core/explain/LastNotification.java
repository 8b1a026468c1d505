package dev.tocsin.core.explain;

import java.time.Instant;

/**
 * The latest notification that an integration has accepted for a group, as far as the notification log remembers.
 *
 * @param at when its answer was read
 * @param node the name of the node that sent it, or what is known of it
 * @param marked whether it went out as a possible repeat
 * @param firing whether it told the alert as firing
 * @param resolved whether it told the alert as resolved
 */
public record LastNotification(
        Instant at, String node, long sequence, boolean marked, boolean firing, boolean resolved) {}
