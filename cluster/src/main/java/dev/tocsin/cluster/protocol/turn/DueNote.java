package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.core.group.AggregationGroup;

/** A group that is due and that another node should tell. Used on the hub loop only. */
final class DueNote {
    final AggregationGroup group;

    /** When the group became due, or when this node could do something again: a reading of {@code Clock.nanoTime()}. */
    long dueNanos;

    /** When this node began to wait, which is later if it left the group to another one for a while. */
    long sinceNanos;

    /** Not asked again before. */
    long nextNudgeNanos;

    /** Not flushed for its age before. */
    long escalateNanos;

    DueNote(AggregationGroup group) {
        this.group = group;
    }

    /** Waits from {@code nowNanos} on; the group has been due for {@code graceNanos}. */
    void begin(long nowNanos, long graceNanos, long nudgeNanos, long escalateAfterNanos) {
        dueNanos = nowNanos - graceNanos;
        sinceNanos = nowNanos;
        nextNudgeNanos = nowNanos + nudgeNanos;
        escalateNanos = nowNanos + escalateAfterNanos;
    }
}
