package dev.tocsin.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.InputStream;
import java.util.function.IntConsumer;

/** The bytes of a request's body, all there. Handlers may read them until they have answered; the server frees them. */
public final class RequestBody {
    private final ByteBuf bytes;
    private final IntConsumer freed;
    private final int length;

    /**
     * Keeps the bytes until they are released.
     *
     * @param bytes readable ones; released with this
     * @param freed hears their number when they are
     */
    public RequestBody(ByteBuf bytes, IntConsumer freed) {
        this.bytes = bytes;
        this.freed = freed;
        this.length = bytes.readableBytes();
    }

    /** The length in bytes. */
    public int length() {
        return length;
    }

    /** Reads from the beginning; each call gives a stream of its own. The streams need no closing and do no copying. */
    public InputStream stream() {
        return new ByteBufInputStream(bytes.duplicate());
    }

    /** The bytes in an array of their own. */
    public byte[] copy() {
        byte[] copy = new byte[length];
        bytes.getBytes(bytes.readerIndex(), copy);
        return copy;
    }

    /** Frees the bytes. For the server, once. */
    public void release() {
        bytes.release();
        freed.accept(length);
    }
}
