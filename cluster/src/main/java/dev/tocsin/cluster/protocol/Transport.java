package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.Envelope;
import java.util.List;

/**
 * Carries messages to the other members, each over one ordered connection that it keeps up by itself. Delivery is not
 * certain: a message is lost with the connection, and the protocol lives with messages that come late, twice or never.
 *
 * <p>Called on the hub loop only; it calls its listener on the hub loop only.
 */
public interface Transport extends AutoCloseable {
    /** What happens on the connections. */
    interface Listener {
        /** There is a connection to {@code peer}, a new one if there was one before. Say hello. */
        void connected(String peer);

        /** The connection to {@code peer} is gone; what was sent on it may be lost. New attempts go on. */
        void disconnected(String peer);

        /**
         * An attempt to connect to {@code peer} was refused: its host answers, nothing listens. Reported for each attempt,
         * of which there is at least one a second as long as they are refused.
         */
        void refused(String peer);

        /**
         * An attempt to connect to {@code peer} failed otherwise: nobody answered, or not as a peer. What an earlier
         * {@link #refused} said holds no longer.
         */
        default void unanswered(String peer) {}

        /** A message of an authenticated peer; one that only a later version can read has no body. */
        void received(String peer, Envelope message);
    }

    /**
     * Begins to look for peers and to accept connections.
     *
     * @param listener hears of everything from now on
     */
    void start(Listener listener);

    /**
     * Sends without waiting.
     *
     * @return whether the message is on its way; false if there is no connection or its queue is full
     */
    boolean send(String peer, Envelope message);

    /** As {@link #send}, for what nobody waits for: it may stay here for some 20 ms, to travel with what is said then. */
    default boolean sendAlong(String peer, Envelope message) {
        return send(peer, message);
    }

    /**
     * All peers that were configured or found, connected or not, this node left out. A configured one whose name nobody has
     * told yet is called by its address; the events then call it so, too.
     */
    List<Peer> peers();

    /**
     * Another node.
     *
     * @param name unique in the cluster
     * @param address {@code ip:port} for people
     */
    record Peer(String name, String address) {}

    /** Says goodbye and closes all connections. No call of the listener follows. */
    @Override
    void close();
}
