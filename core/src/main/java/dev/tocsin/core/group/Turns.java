package dev.tocsin.core.group;

/**
 * Says whose turn it is to flush a group that is due: all nodes of a cluster hold the same groups with the same timers, and
 * one of them tells. Called on the hub loop only.
 */
public interface Turns {
    /** The groups of {@code dispatcher} count from now on, those of the one before it no more. */
    void began(Dispatcher dispatcher);

    /** The groups of {@code dispatcher} do nothing any more. */
    void stopped(Dispatcher dispatcher);

    /**
     * A group's timer has ended and nothing was due before. The dispatcher has begun and is open.
     *
     * @return whether this node flushes at once; otherwise the group stays due until {@link AggregationGroup#flush} or
     *     {@link AggregationGroup#told} is called
     */
    boolean isOurs(AggregationGroup group);

    /** A flush has ended; the group is not due any more, unless its timer has ended again meanwhile. */
    void ended(AggregationGroup group, GroupTurn turn);

    /**
     * Whether other nodes have the same groups. Then an alert that has resolved enters a group only if a receiver may know
     * it to fire: each node would learn at another time that its end was told.
     */
    boolean areShared();

    /** A node that tells all its groups itself. */
    record AlwaysOurs() implements Turns {
        @Override
        public void began(Dispatcher dispatcher) {}

        @Override
        public void stopped(Dispatcher dispatcher) {}

        @Override
        public boolean isOurs(AggregationGroup group) {
            return true;
        }

        @Override
        public void ended(AggregationGroup group, GroupTurn turn) {}

        @Override
        public boolean areShared() {
            return false;
        }
    }
}
