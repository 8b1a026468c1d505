package dev.tocsin.core.notify;

/** Why a notification is sent (contract section 5.6). */
public enum NotificationReason {
    UNKNOWN("unknown"),
    FIRST_NOTIFICATION("first notification"),
    NEW_ALERTS_ADDED("new alerts added"),
    ALL_ALERTS_RESOLVED("all alerts resolved"),
    SOME_ALERTS_RESOLVED("some alerts resolved"),
    REPEAT_INTERVAL_ELAPSED("repeat interval elapsed");

    private final String text;

    NotificationReason(String text) {
        this.text = text;
    }

    /** The wording that receivers and templates see. */
    public String text() {
        return text;
    }
}
