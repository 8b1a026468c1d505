package dev.tocsin.cluster.protocol.claim;

/** Whether enough nodes have granted a claim (PROTOCOL sections 5 and 6). */
enum Quorum {
    /** More than half: no other claim can have as many. */
    STRICT,
    /** Exactly half, and the best-ranked node is among them: the other half waits. */
    HALF,
    /** Fewer, but the group has been due for so long that a possible repeat is better than silence. */
    OVERDUE,
    /** Too few. */
    MISSING;

    /**
     * Counts the answers to one question; the list of who is live does not matter.
     *
     * @param granted how many nodes granted the claim, the claimant included
     * @param counted how many nodes count: the known ones but for those that are certainly dead
     * @param half whether exactly half of them are enough
     * @param overdue whether the minority wait is over
     */
    static Quorum of(int granted, int counted, boolean half, boolean overdue) {
        if (2 * granted > counted) {
            return STRICT;
        }
        if (2 * granted == counted && half) {
            return HALF;
        }
        return overdue ? OVERDUE : MISSING;
    }

    /** Whether the claimant may go on. */
    boolean suffices() {
        return this != MISSING;
    }
}
