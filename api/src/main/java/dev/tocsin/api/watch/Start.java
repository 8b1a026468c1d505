package dev.tocsin.api.watch;

import java.util.Map;

/**
 * Where a watch begins.
 *
 * @param cursor from the last message of a watch with the same conditions; empty if there is none
 * @param known the versions of what the client has, by key: for nodes to which the cursor means nothing; may be empty
 */
public record Start(String cursor, Map<String, Long> known) {
    /** Copies the map. */
    public Start {
        known = Map.copyOf(known);
    }

    /** At a cursor, or with a snapshot where it means nothing or is empty. */
    public static Start at(String cursor) {
        return new Start(cursor, Map.of());
    }
}
