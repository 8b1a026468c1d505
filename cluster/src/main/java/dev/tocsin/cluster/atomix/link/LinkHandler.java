package dev.tocsin.cluster.atomix.link;

import dev.tocsin.core.runtime.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads an authenticated connection and keeps it alive: the side that opened it pings, both close it when the other is
 * silent. All connections of a process look at the same instants, so that its loop wakes up once for all of them. On the
 * channel's loop.
 */
final class LinkHandler extends SimpleChannelInboundHandler<ByteBuf> {
    private static final byte[] NOTHING = {};

    private final Link link;
    private final LinkListener listener;
    private final LinkOptions options;
    private final LinkMetrics metrics;
    private final Clock clock;
    private @Nullable Future<?> beat;
    private boolean counted;

    LinkHandler(Link link, LinkListener listener, LinkOptions options, LinkMetrics metrics, Clock clock) {
        this.link = link;
        this.listener = listener;
        this.options = options;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        long every = options.heartbeat().toNanos();
        long first = every - Math.floorMod(clock.nanoTime(), every);
        beat = ctx.executor().scheduleAtFixedRate(() -> beat(ctx), first, every, TimeUnit.NANOSECONDS);
    }

    private void beat(ChannelHandlerContext ctx) {
        long now = clock.nanoTime();
        if (link.silent(now)) {
            lose("silent", ctx);
        } else if (link.outgoing()) {
            link.send(FrameKind.PING, now, NOTHING);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
        long now = clock.nanoTime();
        link.heard(now);
        byte kind = frame.readByte();
        switch (kind) {
            case FrameKind.PING -> link.send(FrameKind.PONG, frame.readLong(), NOTHING);
            case FrameKind.PONG -> metrics.roundTrip(link.peer().name(), now - frame.readLong());
            default -> listener.frame(link, kind, frame);
        }
    }

    /** Bytes of a long frame count as a sign of life before it is complete. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        link.heard(clock.nanoTime());
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Future<?> beating = beat;
        if (beating != null) {
            beating.cancel(false);
        }
        if (!counted) {
            metrics.lost("closed");
        }
        listener.closed(link);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Refusal reason = Failures.of(cause);
        if (reason == Refusal.FOREIGN) {
            metrics.frameRefused();
            listener.unreadable(link, Failures.text(cause));
        }
        lose(reason.label(), ctx);
    }

    private void lose(String reason, ChannelHandlerContext ctx) {
        counted = true;
        metrics.lost(reason);
        ctx.close();
    }
}
