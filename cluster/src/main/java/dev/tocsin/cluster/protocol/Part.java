package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.Envelope;

/** One part of the protocol, as the node hands messages to it. */
public interface Part {
    /**
     * Takes a message if it is this part's; on the hub loop. Reliable messages come again if the acknowledgement was
     * lost: taking one twice must do no harm.
     *
     * @return whether it was this part's
     */
    boolean take(String peer, Envelope message);
}
