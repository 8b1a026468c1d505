package dev.tocsin.cluster.atomix.link;

import io.netty.buffer.ByteBuf;

/** Hears what comes on connections; on their Netty loops. */
interface LinkListener {
    /**
     * A frame.
     *
     * @param body lives only during the call
     * @throws IndexOutOfBoundsException if it is cut short; then the connection is closed
     */
    void frame(Link link, byte kind, ByteBuf body);

    /** The peer sent something that cannot be read; the connection is about to be closed. */
    void unreadable(Link link, String problem);

    /** The connection is gone. */
    void closed(Link link);
}
