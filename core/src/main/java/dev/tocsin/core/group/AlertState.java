package dev.tocsin.core.group;

/** Where an alert stood at the last flush of its group, from the weakest to the strongest word. */
public enum AlertState {
    /** Its group has not been flushed since it came. */
    UNPROCESSED("unprocessed"),
    /** Neither inhibited nor silenced; time intervals do not count. */
    ACTIVE("active"),
    /** Inhibited or silenced. */
    SUPPRESSED("suppressed");

    private final String label;

    AlertState(String label) {
        this.label = label;
    }

    /** The word in metrics. */
    public String label() {
        return label;
    }
}
