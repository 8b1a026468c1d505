package dev.tocsin.cluster.protocol;

/**
 * The rules of the protocol that can be switched off, to show in the simulator what each is there for. Never in production.
 *
 * <p>Which half goes on is no rule but a choice: {@link dev.tocsin.cluster.protocol.claim.Tie}. Two rules have no switch, because the rooms that they live in know of no cluster: that the log keeps all heads under
 * their version vectors, and that the intent is written before the first byte. Their own tests show what they are for.
 */
public enum Rule {
    /** A granted claim is never pre-empted; rank only decides between two nodes that are both still asking. */
    EXCLUSIVE_PROMISE,
    /** The quorum is counted from the answers to the claim itself, not from the list of live members. */
    QUORUM_OF_ANSWERS,
    /** An outcome that nobody knows leaves a maybe. */
    MAYBE,
    /** Leases end: the holder's before the granters', and then the socket is closed. */
    LEASE,
    /** Every flush is announced with TickDone, sent or not. */
    TICK_DONE,
    /** An owner that is silent about a due group is nudged, then overtaken; one that cannot reach the receiver passes on. */
    NUDGE_AND_ESCALATE,
    /** An alert that an entry calls firing and that does not fire re-enters its group. */
    ADOPT,
    /** A node that slept or has just started neither claims nor grants before it knows what the others know. */
    COLD,
    /** The end of an alert that was only inferred is not believed without a majority. */
    INFERRED_END,
    /** A node that answers two others which do not answer each other compares itself with them all the time. */
    BRIDGE
}
