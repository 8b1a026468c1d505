package dev.tocsin.core.journal;

import java.util.function.LongConsumer;

/**
 * One step or decision of the hub. Immutable; holds no secret. The journal stamps it with time and offset.
 *
 * <p>The four kinds follow the one-way line: what happens to an alert, to a group, to a notification, and to the hub.
 */
public sealed interface JournalEvent permits AlertEvent, GroupEvent, NotificationEvent, HubEvent {
    /** Which kind of event it is. */
    EventType type();

    /** The group's key; empty if the event belongs to no group. */
    default String groupKey() {
        return "";
    }

    /** The receiver's name; empty if the event belongs to none. */
    default String receiver() {
        return "";
    }

    /** Whether the event tells something about the alert with this fingerprint. */
    default boolean concerns(long fingerprint) {
        return false;
    }

    /** Hands over the fingerprints of all alerts that the event tells something about, some of them perhaps twice. */
    default void alerts(LongConsumer each) {}

    /** One line for people: what was decided and why. */
    String reason();

    /** About how much memory it holds, in bytes; strings that it shares with configuration and groups not counted. */
    default int sizeBytes() {
        return 96;
    }
}
