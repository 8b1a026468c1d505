package dev.tocsin.cluster.atomix.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;

/**
 * Cuts the stream into frames: four bytes of length, then the kind and the body. Until the peer is authenticated only
 * small frames pass. On the channel's loop.
 */
final class FrameDecoder extends ByteToMessageDecoder {
    /** The longest frame before authentication, in bytes. */
    static final int GREETING_BYTES = 1024;

    private int limit = GREETING_BYTES;

    /** Lets frames of up to {@code bytes} pass from now on. */
    void allow(int bytes) {
        limit = bytes;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < Integer.BYTES) {
            return;
        }
        long length = in.getUnsignedInt(in.readerIndex());
        if (length < 1 || length > limit) {
            in.skipBytes(in.readableBytes());
            throw new TooLongFrameException("frame of " + length + " bytes, at most " + limit + " are allowed");
        }
        if (in.readableBytes() >= Integer.BYTES + length) {
            in.skipBytes(Integer.BYTES);
            out.add(in.readRetainedSlice((int) length));
        }
    }
}
