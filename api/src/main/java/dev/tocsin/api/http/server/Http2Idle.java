package dev.tocsin.api.http.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection of HTTP/2 that had no stream for a while: twice in a row when it looked. Streams have deadlines of
 * their own. Also widens the connection's window, which bounds what all streams together may send ahead. Confined to the
 * connection's event loop.
 */
final class Http2Idle extends ChannelInboundHandlerAdapter {
    private static final int WIDER = 256 << 10;

    private final Http2Connection connection;
    private final long lookNanos;
    private int begun;
    private boolean wasIdle;
    private @Nullable ScheduledFuture<?> timer;

    Http2Idle(Http2Connection connection, Duration limit) {
        this.connection = connection;
        this.lookNanos = Math.max(limit.toNanos() / 2, TimeUnit.MILLISECONDS.toNanos(1));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(new DefaultHttp2WindowUpdateFrame(WIDER));
        lookLater(ctx);
    }

    private void lookLater(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> look(ctx), lookNanos, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        int latest = connection.remote().lastStreamCreated();
        boolean idle = connection.numActiveStreams() == 0 && latest == begun;
        if (idle && wasIdle) {
            ctx.close();
            return;
        }
        wasIdle = idle;
        begun = latest;
        lookLater(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
