package dev.tocsin.core.group;

import java.time.Instant;

/**
 * What was found out about a group of which all alerts fire and all integrations know. It says at a later tick whether there
 * is still nothing to tell, for as long as the group has the same alerts and all of them fire. On the hub loop only.
 */
public interface Settled {
    /** Whether all integrations know of all alerts at {@code tick}, and none is to hear of them again. */
    boolean isKnown(Instant tick);

    /** Whether a flush at {@code tick} would find the same, and nothing muted. It asks, and counts, as that flush would. */
    boolean isQuiet(Instant tick);

    /** Tells the journal what that flush would, but for its beginning. */
    void record();
}
