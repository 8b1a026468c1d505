package dev.tocsin.core.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events a query wants; null means no condition.
 *
 * @param from the earliest time, inclusive
 * @param until the latest time, exclusive
 * @param receiver the receiver's name
 * @param groupKey the group's key
 * @param fingerprint an alert that the event must tell something about
 * @param limit the most events to answer with; at least 1
 */
public record JournalFilter(
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String receiver,
        @Nullable String groupKey,
        @Nullable Long fingerprint,
        int limit) {
    /** Checks the limit. */
    public JournalFilter {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
    }

    /** The newest {@code limit} events of all. */
    public static JournalFilter newest(int limit) {
        return new JournalFilter(null, null, null, null, null, limit);
    }

    /** Whether {@code entry} fulfils every condition. */
    boolean accepts(JournalEntry entry) {
        return (from == null || !entry.at().isBefore(from))
                && (until == null || entry.at().isBefore(until))
                && (receiver == null || receives(entry.event(), receiver))
                && (groupKey == null || entry.event().groupKey().equals(groupKey))
                && (fingerprint == null || entry.event().concerns(fingerprint));
    }

    private static boolean receives(JournalEvent event, String receiver) {
        return event instanceof AlertEvent.Routed routed
                ? routed.receivers().contains(receiver)
                : event.receiver().equals(receiver);
    }
}
