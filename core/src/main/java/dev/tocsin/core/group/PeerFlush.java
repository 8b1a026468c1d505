package dev.tocsin.core.group;

import java.util.List;

/**
 * What another node says of a flush of its own that went well.
 *
 * @param tickNanos when the group was due there, as a reading of this node's {@code Clock.nanoTime()}
 * @param nextDueNanos when it is due there next, likewise; in the past if it is due already
 * @param over whether the group has ended there: then {@code nextDueNanos} says nothing
 * @param told the alerts that it told as resolved and has removed; may be empty
 */
public record PeerFlush(long tickNanos, long nextDueNanos, boolean over, List<Told> told) {
    /** Copies the list. */
    public PeerFlush {
        told = List.copyOf(told);
    }

    /**
     * An alert whose end was told.
     *
     * @param endsAtMillis when it ended, as it was told: milliseconds since the epoch
     */
    public record Told(long fingerprint, long endsAtMillis) {}
}
