package dev.tocsin.core.whatif;

/**
 * One thing that two configurations say differently.
 *
 * @param what such as {@code receiver}, {@code route}, {@code inhibition rule}, {@code time interval}, {@code templates}
 * @param name which one; empty if there is only one
 * @param detail what changes in it, for people; no secrets; empty for what is added or removed
 */
public record ConfigDifference(String what, String name, Change change, String detail) {
    /** How it differs. */
    public enum Change {
        /** Only the candidate has it. */
        ADDED,
        /** Only the configuration in force has it. */
        REMOVED,
        /** Both have it, and it differs. */
        CHANGED
    }

    @Override
    public String toString() {
        String sign = switch (change) {
            case ADDED -> "+ ";
            case REMOVED -> "- ";
            case CHANGED -> "~ ";
        };
        return sign + what + (name.isEmpty() ? "" : " " + name) + (detail.isEmpty() ? "" : ": " + detail);
    }
}
