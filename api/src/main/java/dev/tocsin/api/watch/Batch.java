package dev.tocsin.api.watch;

import java.util.List;

/**
 * One message of a watch.
 *
 * @param cursor where the watch stands after it; empty as long as the first snapshot is not complete
 * @param upserted items that are new or have changed, whole; may be empty
 * @param removed the keys of items that are gone or do not pass the filter any more; may be empty
 */
public record Batch<T>(Kind kind, String cursor, List<T> upserted, List<String> removed) {
    /** What a message means. */
    public enum Kind {
        /** Forget everything: a snapshot begins. */
        RESET,
        /** Put in what is upserted and take out what is removed. */
        CHANGES,
        /** The picture is complete from now on. */
        SYNCED,
        /** Nothing happened; the cursor may have moved on. */
        HEARTBEAT
    }

    /** Copies the lists. */
    public Batch {
        upserted = List.copyOf(upserted);
        removed = List.copyOf(removed);
    }
}
