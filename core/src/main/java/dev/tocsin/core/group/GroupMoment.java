package dev.tocsin.core.group;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a group stands at one moment.
 *
 * @param state what its timer says
 * @param nextFlush when its timer ends next by the wall clock
 * @param dueSince when it became due; null while it is idle
 * @param told when it was due for the latest flush that went well, here or elsewhere; null if this node knows of none
 * @param running whether groups flush at all: the start delay is over and the configuration is in force
 * @param oldNews the next flush leaves out alerts that have ended by this time, unless a receiver may believe them firing;
 *     null if it leaves out none
 */
public record GroupMoment(
        State state,
        Instant nextFlush,
        @Nullable Instant dueSince,
        @Nullable Instant told,
        boolean running,
        @Nullable Instant oldNews) {
    /** Where the timer stands. */
    public enum State {
        /** The timer runs. */
        IDLE,
        /** The timer has ended and nobody is known to have told the group yet. */
        DUE,
        /** This node flushes it now. */
        FLUSHING;

        static State of(boolean flushing, boolean due) {
            if (flushing) {
                return FLUSHING;
            }
            return due ? DUE : IDLE;
        }
    }
}
