package dev.tocsin.api.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a secured connection. Waits for the client's first bytes, tells those who speak plain text so, and
 * otherwise puts TLS before itself; after the handshake it puts the handlers of the agreed version of HTTP behind and
 * leaves. Keys are used and certificates checked on the workers. Confined to the connection's event loop.
 */
final class TlsEntrance extends ByteToMessageDecoder {
    private static final int RECORD_HEAD = 5;
    private static final byte HANDSHAKE = 22;
    private static final Set<String> PLAIN = Set.of("GET /", "HEAD ", "POST ", "PUT /", "OPTIO", "DELET");
    private static final String PLAIN_ANSWER =
            "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

    private final ExchangeContext server;
    private final ConnectionSetup setup;
    private @Nullable ScheduledFuture<?> timer;
    private boolean asked;

    TlsEntrance(ExchangeContext server, ConnectionSetup setup) {
        this.server = server;
        this.setup = setup;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        long patience = server.options().limits().headTime().toNanos();
        timer = ctx.executor().schedule(() -> ctx.close(), patience, TimeUnit.NANOSECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        stopTimer();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        stopTimer();
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // a reset by the client
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (asked || in.readableBytes() < RECORD_HEAD) {
            return;
        }
        if (in.getByte(in.readerIndex()) != HANDSHAKE) {
            refuse(ctx, in);
            return;
        }
        asked = true;
        ctx.channel().config().setAutoRead(false);
        List<String> protocols = server.protection().http2()
                ? List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1)
                : List.of(ApplicationProtocolNames.HTTP_1_1);
        server.protection()
                .engine(protocols)
                .whenComplete((engine, failure) -> ctx.executor().execute(() -> secure(ctx, engine, failure)));
    }

    private static void refuse(ChannelHandlerContext ctx, ByteBuf in) {
        String head = in.toString(in.readerIndex(), RECORD_HEAD, StandardCharsets.ISO_8859_1);
        in.skipBytes(in.readableBytes());
        if (PLAIN.contains(head)) {
            ctx.writeAndFlush(Unpooled.copiedBuffer(PLAIN_ANSWER, StandardCharsets.US_ASCII))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            ctx.close();
        }
    }

    private void secure(ChannelHandlerContext ctx, @Nullable SSLEngine engine, @Nullable Throwable failure) {
        if (!ctx.channel().isActive() || ctx.isRemoved()) {
            return;
        }
        if (engine == null) {
            server.log().atError().addKeyValue("err", String.valueOf(failure)).log("Connection cannot be secured");
            ctx.close();
            return;
        }
        SslHandler tls = new SslHandler(engine, false, server.workers());
        tls.setHandshakeTimeout(server.options().limits().headTime().toNanos(), TimeUnit.NANOSECONDS);
        ctx.pipeline().addAfter(ctx.name(), null, new Agreed(tls));
        ctx.pipeline().addAfter(ctx.name(), null, tls);
        ctx.channel().config().setAutoRead(true);
        ctx.pipeline().remove(this); // hands on what was read so far
    }

    /** Waits for the end of the handshake. */
    private final class Agreed extends ChannelInboundHandlerAdapter {
        private final SslHandler tls;

        Agreed(SslHandler tls) {
            this.tls = tls;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
            if (event instanceof SslHandshakeCompletionEvent done) {
                if (done.isSuccess()) {
                    if (ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())) {
                        setup.addHttp2(ctx.pipeline());
                    } else {
                        setup.addHttp1(ctx.pipeline());
                    }
                    ctx.pipeline().remove(this);
                    return;
                }
                server.log()
                        .atDebug()
                        .addKeyValue("remote", String.valueOf(ctx.channel().remoteAddress()))
                        .addKeyValue("err", String.valueOf(done.cause()))
                        .log("TLS handshake failed");
                ctx.close();
            }
            super.userEventTriggered(ctx, event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close(); // the event says what it was
        }
    }
}
