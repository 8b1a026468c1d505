package dev.tocsin.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.InputStream;

/** The bytes of a request's body, all there. Handlers may read them until they have answered; the server frees them. */
public final class RequestBody {
    private final ByteBuf bytes;
    private final BodyBudget budget;
    private final int length;

    /** @param budget where the bytes were taken from */
    RequestBody(ByteBuf bytes, BodyBudget budget) {
        this.bytes = bytes;
        this.budget = budget;
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

    void release() {
        bytes.release();
        budget.giveBack(length);
    }
}
