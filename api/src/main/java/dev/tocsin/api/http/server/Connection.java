package dev.tocsin.api.http.server;

import dev.tocsin.api.http.Response;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: works on its requests one after the other, so that answers keep the order of the requests.
 * What the client sends ahead waits in a queue that one receive buffer can fill; then reading stops until it is empty.
 * Confined to the connection's event loop, but for {@link #awaitWritable}, whose lock guards the waiting.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    private static final long LINGER_MILLIS = 1000;

    private final ExchangeContext server;
    private final RequestReader reader;
    private final Deadlines deadlines;
    private final Queue<Incoming> queue = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition writable = lock.newCondition();
    private @Nullable Exchange exchange;
    private boolean working;
    private boolean closing;

    Connection(ExchangeContext server, RequestReader reader, Deadlines deadlines) {
        this.server = server;
        this.reader = reader;
        this.deadlines = deadlines;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        queue.add((Incoming) message);
        if (exchange != null) {
            ctx.channel().config().setAutoRead(false);
        }
        work(ctx);
    }

    /** Begins queued requests until one is not answered at once. A loop, not a recursion: queues can be long. */
    private void work(ChannelHandlerContext ctx) {
        if (working) {
            return;
        }
        working = true;
        try {
            while (exchange == null && !queue.isEmpty()) {
                begin(ctx, queue.remove());
            }
        } finally {
            working = false;
        }
        if (exchange == null && ctx.channel().isActive()) {
            deadlines.idle();
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void begin(ChannelHandlerContext ctx, Incoming incoming) {
        switch (incoming) {
            case Incoming.Refused refused -> refuse(ctx, refused.response());
            case Incoming.Whole whole when closing -> whole.request().body().release();
            case Incoming.Whole whole -> {
                deadlines.requestRead();
                exchange = new Exchange(server, this, ctx, whole);
                exchange.begin();
            }
        }
    }

    /** The exchange's answer is written, or never will be. */
    void finished(ChannelHandlerContext ctx, boolean close) {
        exchange = null;
        if (close || closing) {
            closing = true;
            ctx.close();
        }
        work(ctx);
    }

    /** Whether answers must say that they are the last one. */
    boolean closing() {
        return closing;
    }

    /** Closes as soon as what was received is answered. */
    void drain(ChannelHandlerContext ctx) {
        closing = true;
        if (exchange == null) {
            ctx.close();
        }
    }

    /**
     * Answers bytes that are no request. The client may still be sending: closing at once would make its system drop
     * the answer, so only the sending side is shut, and what comes is read and thrown away for a moment.
     */
    private void refuse(ChannelHandlerContext ctx, Response response) {
        closing = true;
        reader.discard();
        FullHttpResponse message = server.encoder().full(response, true, false);
        ctx.writeAndFlush(message).addListener((ChannelFutureListener) written -> {
            Channel channel = written.channel();
            if (written.isSuccess() && channel.isActive()) {
                endSending(channel);
                channel.config().setAutoRead(true);
                channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                channel.close();
            }
        });
    }

    private static void endSending(Channel channel) {
        if (channel instanceof Http2StreamChannel) {
            // the answer has ended the stream on this side; this asks the client to end it on the other one
            channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
            return;
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (channel instanceof SocketChannel socket) {
            socket.shutdownOutput();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof Deadlines.Expired expired) {
            if (expired == Deadlines.Expired.REQUEST && exchange == null && queue.isEmpty()) {
                refuse(ctx, Refusal.of(408));
            } else {
                ctx.close();
            }
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        wakeWriter();
        super.channelWritabilityChanged(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        closing = true;
        for (Incoming incoming = queue.poll(); incoming != null; incoming = queue.poll()) {
            if (incoming instanceof Incoming.Whole whole) {
                whole.request().body().release();
            }
        }
        wakeWriter();
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // a reset by the client, mostly; nothing can be answered any more
        server.log().atDebug().addKeyValue("err", cause.toString()).log("Connection failed");
        ctx.close();
    }

    private void wakeWriter() {
        lock.lock();
        try {
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the socket takes more, or is closed. Blocks; any thread but the event loop may call it. */
    void awaitWritable(Channel channel) throws InterruptedException {
        if (channel.isWritable()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            while (channel.isActive() && !channel.isWritable()) {
                writable.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
