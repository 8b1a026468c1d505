package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.Envelope;

/** Sends messages to peers. Used on the hub loop only. */
public interface Courier {
    /** Sends once to one peer; lost if there is no connection. */
    void send(String peer, Envelope.Builder message);

    /**
     * Sends to one peer until it acknowledges or is no longer live.
     *
     * @param acknowledged runs on the hub loop when the peer has it; never if the peer does not live to tell
     */
    void deliver(String peer, Envelope.Builder message, Runnable acknowledged);

    /** As {@link #deliver}, to all live peers. */
    void deliverToAll(Envelope.Builder message);
}
