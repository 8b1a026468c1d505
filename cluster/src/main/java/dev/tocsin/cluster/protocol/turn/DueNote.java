package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.core.group.AggregationGroup;

/** A group that is due and that another node should tell. Used on the hub loop only. */
final class DueNote {
    final AggregationGroup group;

    /** When this node began to wait: a reading of {@code Clock.nanoTime()}, as all here. */
    long sinceNanos;

    /** Not asked again before. */
    long nextNudgeNanos;

    /** Not flushed for its age before. */
    long escalateNanos;

    DueNote(AggregationGroup group) {
        this.group = group;
    }

    /** Waits from {@code nowNanos} on. */
    void begin(long nowNanos, long nudgeNanos, long escalateAfterNanos) {
        sinceNanos = nowNanos;
        nextNudgeNanos = nowNanos + nudgeNanos;
        escalateNanos = nowNanos + escalateAfterNanos;
    }
}
