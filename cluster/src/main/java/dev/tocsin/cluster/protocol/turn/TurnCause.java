package dev.tocsin.cluster.protocol.turn;

/** Why a node flushes a group that was another one's turn. */
enum TurnCause {
    /** The nodes before it are gone, or it has come. */
    FIRST("first", "it is the first in rank of the nodes that answer"),
    /** A claim of another node has ended without an outcome. */
    FREED("freed", "the claim of another node ended without an outcome"),
    /** Nobody has told the group for long. */
    SILENCE("silence", "no other node told the group in time"),
    /** Another node has asked. */
    NUDGED("nudged", "another node asked about the group"),
    /** Another node cannot reach the receiver. */
    TAKE_OVER("take_over", "another node cannot reach the receiver"),
    /** The node whose turn it was has no such group in its configuration, or an older one. */
    CONFIGURATION("configuration", "the configuration of the node whose turn it was is not the same");

    private final String label;
    private final String text;

    TurnCause(String label, String text) {
        this.label = label;
        this.text = text;
    }

    /** The word in metrics. */
    String label() {
        return label;
    }

    /** For people. */
    String text() {
        return text;
    }
}
