package dev.tocsin.core.group;

import dev.tocsin.core.runtime.Cancellable;

/** A flush that is under way. Used on the hub loop only. */
@FunctionalInterface
public interface RunningFlush extends Cancellable {
    /** Has ended already. */
    RunningFlush ENDED = () -> {};

    /**
     * The group is due again. A flush that has told some receivers and still waits for others answers now, or as soon as
     * that is so; the others go on without the group.
     */
    default void dueAgain() {}
}
