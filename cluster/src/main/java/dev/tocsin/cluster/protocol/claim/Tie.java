package dev.tocsin.cluster.protocol.claim;

/** What exactly half of the nodes do when they cannot reach the other half. */
public enum Tie {
    /** The half without the best-ranked node waits as a minority does. */
    WAIT,
    /** Both halves send at once, marked: at most one repeat for any cut. */
    SEND
}
