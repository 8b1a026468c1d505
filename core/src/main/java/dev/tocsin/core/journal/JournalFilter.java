package dev.tocsin.core.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; null means no condition. Immutable.
 *
 * @param from the earliest time, inclusive
 * @param until the latest time, exclusive
 * @param receiver the receiver's name
 * @param groupKey the group's key
 * @param fingerprint an alert that the event must tell something about
 * @param types the types of events; empty for all
 */
public record JournalFilter(
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String receiver,
        @Nullable String groupKey,
        @Nullable Long fingerprint,
        Set<EventType> types) {
    /** Everything. */
    public static final JournalFilter ALL = new JournalFilter(null, null, null, null, null, Set.of());

    /** Copies the set. */
    public JournalFilter {
        types = types.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(types));
    }

    /** The same for a time: from {@code from}, inclusive, until {@code until}, exclusive. */
    public JournalFilter between(@Nullable Instant from, @Nullable Instant until) {
        return new JournalFilter(from, until, receiver, groupKey, fingerprint, types);
    }

    /** The same for one receiver. */
    public JournalFilter receiver(@Nullable String receiver) {
        return new JournalFilter(from, until, receiver, groupKey, fingerprint, types);
    }

    /** The same for one group. */
    public JournalFilter groupKey(@Nullable String groupKey) {
        return new JournalFilter(from, until, receiver, groupKey, fingerprint, types);
    }

    /** The same for one alert. */
    public JournalFilter fingerprint(@Nullable Long fingerprint) {
        return new JournalFilter(from, until, receiver, groupKey, fingerprint, types);
    }

    /** The same for these types; none for all. */
    public JournalFilter types(Set<EventType> types) {
        return new JournalFilter(from, until, receiver, groupKey, fingerprint, types);
    }

    /** Whether {@code entry} fulfils every condition. A gap fulfils all but the time. */
    public boolean accepts(JournalEntry entry) {
        return acceptsTime(entry.at()) && (entry.event() instanceof HubEvent.Gap || acceptsEvent(entry.event()));
    }

    /** Whether the time is within the bounds. */
    public boolean acceptsTime(Instant at) {
        return (from == null || !at.isBefore(from)) && (until == null || at.isBefore(until));
    }

    private boolean acceptsEvent(JournalEvent event) {
        return (types.isEmpty() || types.contains(event.type()))
                && (receiver == null || receives(event, receiver))
                && (groupKey == null || event.groupKey().equals(groupKey))
                && (fingerprint == null || event.concerns(fingerprint));
    }

    private static boolean receives(JournalEvent event, String receiver) {
        return event instanceof AlertEvent.Routed routed
                ? routed.receivers().contains(receiver)
                : event.receiver().equals(receiver);
    }
}
