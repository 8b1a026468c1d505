package dev.tocsin.api.http.server;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Leaves the bodies of answers to HEAD away, in a stream of HTTP/2; the codec of HTTP/1.1 does so by itself. Confined to
 * the connection's event loop.
 */
final class BodilessHead extends ChannelDuplexHandler {
    private boolean head;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof HttpRequest request) {
            head = request.method().equals(HttpMethod.HEAD);
        }
        super.channelRead(ctx, message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (!head) {
            super.write(ctx, message, promise);
            return;
        }
        switch (message) {
            case FullHttpResponse full -> {
                FullHttpResponse bare = new DefaultFullHttpResponse(
                        full.protocolVersion(),
                        full.status(),
                        ctx.alloc().buffer(0),
                        full.headers(),
                        EmptyHttpHeaders.INSTANCE);
                full.release();
                ctx.write(bare, promise);
            }
            case LastHttpContent last -> {
                last.release();
                ctx.write(LastHttpContent.EMPTY_LAST_CONTENT, promise);
            }
            case HttpContent part -> {
                part.release();
                promise.setSuccess();
            }
            default -> ctx.write(message, promise);
        }
    }
}
