package dev.tocsin.core.journal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of events. Numbers and names are stable: files, other nodes and clients know them. */
public enum EventType {
    /** {@link AlertEvent.Received}. */
    RECEIVED(1),
    /** {@link AlertEvent.Refused}. */
    ALERT_REFUSED(2),
    /** {@link AlertEvent.Merged}. */
    MERGED(3),
    /** {@link AlertEvent.Limited}. */
    LIMITED(4),
    /** {@link AlertEvent.Omitted}. */
    OMITTED(5),
    /** {@link AlertEvent.Routed}. */
    ROUTED(6),
    /** {@link GroupEvent.Grouped}. */
    GROUPED(20),
    /** {@link GroupEvent.Flushed}. */
    FLUSHED(21),
    /** {@link GroupEvent.TurnTaken}. */
    TURN_TAKEN(22),
    /** {@link GroupEvent.Inhibited}. */
    INHIBITED(23),
    /** {@link GroupEvent.Silenced}. */
    SILENCED(24),
    /** {@link GroupEvent.IntervalMuted}. */
    INTERVAL_MUTED(25),
    /** {@link NotificationEvent.Deduplicated}. */
    DEDUPLICATED(40),
    /** {@link NotificationEvent.Claimed}. */
    CLAIMED(41),
    /** {@link NotificationEvent.Refused}. */
    CLAIM_REFUSED(42),
    /** {@link NotificationEvent.Held}. */
    CLAIM_HELD(43),
    /** {@link NotificationEvent.HandedOver}. */
    HANDED_OVER(44),
    /** {@link NotificationEvent.Attempted}. */
    ATTEMPTED(45),
    /** {@link NotificationEvent.Delivered}. */
    DELIVERED(46),
    /** {@link NotificationEvent.Failed}. */
    FAILED(47),
    /** {@link NotificationEvent.Repeated}. */
    REPEATED(48),
    /** {@link NotificationEvent.Skipped}. */
    SKIPPED(49),
    /** {@link NotificationEvent.Learned}. */
    LEARNED(50),
    /** {@link NotificationEvent.Unsure}. */
    UNSURE(51),
    /** {@link HubEvent.Started}. */
    STARTED(60),
    /** {@link HubEvent.Stopped}. */
    STOPPED(61),
    /** {@link HubEvent.ConfigLoaded}. */
    CONFIG_LOADED(62),
    /** {@link HubEvent.ConfigRefused}. */
    CONFIG_REFUSED(63),
    /** {@link HubEvent.SilenceCreated}. */
    SILENCE_CREATED(64),
    /** {@link HubEvent.SilenceUpdated}. */
    SILENCE_UPDATED(65),
    /** {@link HubEvent.SilenceExpired}. */
    SILENCE_EXPIRED(66),
    /** {@link HubEvent.MemberJoined}. */
    MEMBER_JOINED(67),
    /** {@link HubEvent.MemberLost}. */
    MEMBER_LOST(68),
    /** {@link HubEvent.TurnedCold}. */
    TURNED_COLD(69),
    /** {@link HubEvent.TurnedWarm}. */
    TURNED_WARM(70),
    /** {@link HubEvent.Gap}. */
    GAP(71),
    /** {@link HubEvent.Interrupted}. */
    INTERRUPTED(72);

    private static final EventType[] BY_NUMBER = new EventType[128];

    static {
        for (EventType type : values()) {
            BY_NUMBER[type.number] = type;
        }
    }

    private final int number;
    private final String text = name().toLowerCase(Locale.ROOT);

    EventType(int number) {
        this.number = number;
    }

    /** From 1 to 127, never given to another type. */
    public int number() {
        return number;
    }

    /** The name for clients, such as {@code config_loaded}. */
    public String text() {
        return text;
    }

    /** The type with this number; null if this version knows none. */
    public static @Nullable EventType of(int number) {
        return number < 0 || number >= BY_NUMBER.length ? null : BY_NUMBER[number];
    }

    /** The type with this name for clients; null if there is none. */
    public static @Nullable EventType named(String text) {
        for (EventType type : BY_NUMBER) {
            if (type != null && type.text.equals(text)) {
                return type;
            }
        }
        return null;
    }
}
