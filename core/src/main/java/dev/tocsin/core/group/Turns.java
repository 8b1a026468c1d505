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
     * @return whether this node flushes at once
     */
    boolean isOurs(AggregationGroup group);

    /**
     * A group is due that is not ours and of which there may be something to tell: it stays so until {@link
     * AggregationGroup#flush} or {@link AggregationGroup#told} is called.
     */
    void leave(AggregationGroup group);

    /** Whether this node knows what the others know, so that it can tell by itself that nothing is to be told. */
    boolean isInformed();

    /** A flush has ended; the group is not due any more, unless its timer has ended again meanwhile. */
    void ended(AggregationGroup group, GroupTurn turn);

    /**
     * A flush was left out because it would have told nothing, which the others can find out by themselves.
     *
     * @param unsaidNanos how long ago the latest flush ended of which {@link #ended} heard
     * @return whether the others should hear of it all the same: then {@code ended} is called
     */
    boolean isSaid(AggregationGroup group, long unsaidNanos);

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
        public void leave(AggregationGroup group) {
            throw new IllegalStateException("there is no other node");
        }

        @Override
        public boolean isInformed() {
            return true;
        }

        @Override
        public boolean isSaid(AggregationGroup group, long unsaidNanos) {
            return false;
        }

        @Override
        public void ended(AggregationGroup group, GroupTurn turn) {}

        @Override
        public boolean areShared() {
            return false;
        }
    }
}
