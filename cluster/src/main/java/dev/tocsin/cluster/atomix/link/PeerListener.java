package dev.tocsin.cluster.atomix.link;

/** Hears about peers on the hub loop. A peer that has not told its name yet is called by its address. */
public interface PeerListener {
    /** Messages can be sent to {@code peer}. */
    void connected(String peer);

    /** The connection on which messages went to {@code peer} is gone. */
    void disconnected(String peer);

    /** Nothing listens where {@code peer} was or should be. */
    void refused(String peer);

    /** An attempt to connect to {@code peer} failed otherwise. */
    void unanswered(String peer);

    /** The peer left, or was lost for so long that it is given up. */
    void forgotten(String peer);
}
