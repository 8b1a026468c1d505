package dev.tocsin.cluster.atomix.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What both sides of a handshake share: a deadline over TLS and proofs together, and one way out. On the channel's loop. */
abstract class Handshake extends SimpleChannelInboundHandler<ByteBuf> {
    private final Duration timeout;
    private @Nullable Future<?> deadline;
    private boolean over;

    Handshake(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor()
                .schedule(
                        () -> fail(ctx, Refusal.TIMEOUT, "no answer within " + timeout.toMillis() + " ms"),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    protected final void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
        if (!over) {
            byte kind = frame.readByte();
            if (kind == FrameKind.REFUSED) {
                fail(ctx, Refusal.numbered(frame.readByte()), "the peer refused the connection");
            } else {
                greeted(ctx, kind, frame);
            }
        }
    }

    /** A frame of the handshake; whatever is thrown means that it is none. */
    abstract void greeted(ChannelHandlerContext ctx, byte kind, ByteBuf frame);

    /** The handshake failed; called once and never after {@link #done}. */
    abstract void failed(Refusal reason, String detail);

    /** Ends the handshake well: the link's handler takes over. */
    final void done(ChannelHandlerContext ctx, LinkHandler next, int frameBytes) {
        end();
        ctx.pipeline().get(FrameDecoder.class).allow(frameBytes);
        ctx.pipeline().replace(this, "link", next);
    }

    /** Tells the peer why, then closes. */
    final void refuse(ChannelHandlerContext ctx, Refusal reason, String detail) {
        if (!over) {
            ctx.writeAndFlush(Greeting.refused(reason));
            fail(ctx, reason, detail);
        }
    }

    final void fail(ChannelHandlerContext ctx, Refusal reason, String detail) {
        if (!over) {
            end();
            failed(reason, detail);
            ctx.close();
        }
    }

    final boolean over() {
        return over;
    }

    private void end() {
        over = true;
        Future<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** A connection that never came to be has nothing to tell here. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, Refusal.CLOSED, "the peer closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, Failures.of(cause), Failures.text(cause));
    }
}
