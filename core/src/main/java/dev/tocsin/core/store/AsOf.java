package dev.tocsin.core.store;

import java.time.Instant;

/**
 * The time by which an end has passed or not.
 *
 * @param now decides on ends that a sender has told
 * @param heardUntil decides on ends that were only inferred from the silence of a sender: earlier than {@code now} as long
 *     as this node may be the one that nobody reaches
 */
record AsOf(Instant now, Instant heardUntil) {
    /** Every sender that is silent is believed to have nothing to say. */
    AsOf(Instant now) {
        this(now, now);
    }

    /** Whether silence means nothing for now. */
    boolean isHeld() {
        return heardUntil.isBefore(now);
    }
}
