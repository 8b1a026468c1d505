package dev.tocsin.api.http.server;

import dev.tocsin.api.http.RequestBody;
import dev.tocsin.api.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of a request together and hands it on whole, as {@link Incoming}. After a refusal it throws away what
 * comes. Confined to the connection's event loop.
 *
 * <p>Bodies of several parts are copied into one growing buffer rather than kept as a list of parts: a client that sends
 * a byte at a time could make each byte hold a whole receive buffer.
 */
final class RequestReader extends ChannelInboundHandlerAdapter {
    private static final int FIRST_CAPACITY = 256 << 10;

    private final HttpServerOptions.Limits limits;
    private final Protection protection;
    private final BodyBudget budget;
    private final Deadlines deadlines;
    private String remoteAddress = "";
    private RequestHead.@Nullable Good head;
    private @Nullable ByteBuf body;
    private boolean refused;
    private boolean asked;

    RequestReader(HttpServerOptions.Limits limits, Protection protection, BodyBudget budget, Deadlines deadlines) {
        this.limits = limits;
        this.protection = protection;
        this.budget = budget;
        this.deadlines = deadlines;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().remoteAddress() instanceof InetSocketAddress remote && remote.getAddress() != null) {
            remoteAddress = remote.getAddress().getHostAddress();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (refused) {
                return;
            }
            if (message instanceof HttpRequest request) {
                startRequest(ctx, request);
            }
            if (message instanceof HttpContent content && head != null) {
                addContent(ctx, head, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void startRequest(ChannelHandlerContext ctx, HttpRequest request) {
        switch (RequestHead.of(request)) {
            case RequestHead.Bad bad -> refuse(ctx, bad.refusal());
            case RequestHead.Good good when good.contentLength() > limits.bodyBytes() -> refuse(ctx, tooLarge());
            case RequestHead.Good good -> {
                head = good;
                asked = false;
                deadlines.headRead();
                if (good.expectsContinue()) {
                    asked = true;
                    askForMore(ctx, good);
                }
            }
        }
    }

    private void addContent(ChannelHandlerContext ctx, RequestHead.Good current, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            refuse(ctx, Refusal.of(content.decoderResult().cause()));
            return;
        }
        int more = content.content().readableBytes();
        if (more > 0) {
            if (length() + (long) more > limits.bodyBytes()) {
                refuse(ctx, tooLarge());
                return;
            }
            if (!budget.take(more)) {
                refuse(ctx, Refusal.of(503, "too many request bodies at once, try again later"));
                return;
            }
            append(ctx, current, content.content(), content instanceof LastHttpContent);
        }
        if (content instanceof LastHttpContent) {
            ByteBuf whole = body == null ? Unpooled.EMPTY_BUFFER : body;
            head = null;
            body = null;
            deadlines.requestRead();
            ctx.fireChannelRead(current.with(new RequestBody(whole, budget::giveBack), remoteAddress));
        } else if (!asked) {
            asked = true;
            askForMore(ctx, current);
        }
    }

    /** Reads the rest of a body when it is welcome. */
    @SuppressWarnings("ReferenceEquality") // whether it is still the same request
    private void askForMore(ChannelHandlerContext ctx, RequestHead.Good current) {
        var refusal = protection
                .refusalOfBody(current.headers().get(HttpHeaderNames.AUTHORIZATION))
                .toCompletableFuture();
        if (refusal.isDone()
                && !refusal.isCompletedExceptionally()
                && refusal.join().isEmpty()) {
            welcome(ctx, current);
            return;
        }
        ctx.channel().config().setAutoRead(false);
        refusal.whenComplete((answer, failure) -> ctx.executor().execute(() -> {
            if (head != current) {
                return; // refused already, or gone
            }
            if (failure != null) {
                refuse(ctx, Refusal.of(503));
            } else if (answer.isPresent()) {
                refuse(ctx, answer.get());
            } else {
                welcome(ctx, current);
            }
            ctx.channel().config().setAutoRead(true);
        }));
    }

    /** Tells clients that wait for it that they may send the body. */
    private static void welcome(ChannelHandlerContext ctx, RequestHead.Good current) {
        if (current.expectsContinue()) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private void append(ChannelHandlerContext ctx, RequestHead.Good current, ByteBuf part, boolean last) {
        if (body == null && (last || part.readableBytes() == current.contentLength())) {
            body = part.retain();
            return;
        }
        if (body == null) {
            int capacity = Math.clamp(current.contentLength(), part.readableBytes(), FIRST_CAPACITY);
            body = ctx.alloc().buffer(capacity, limits.bodyBytes());
        }
        if (body.writableBytes() < part.readableBytes()) {
            long needed = (long) body.writerIndex() + part.readableBytes();
            body.capacity((int) Math.clamp(body.capacity() * 2L, needed, limits.bodyBytes()));
        }
        body.writeBytes(part, part.readerIndex(), part.readableBytes());
    }

    private int length() {
        return body == null ? 0 : body.readableBytes();
    }

    private Response tooLarge() {
        return Refusal.of(413, "the body is longer than " + limits.bodyBytes() + " bytes");
    }

    private void refuse(ChannelHandlerContext ctx, Response response) {
        refused = true;
        dropBody();
        deadlines.requestRead();
        ctx.fireChannelRead(new Incoming.Refused(response));
    }

    /** Throws away everything that still comes. */
    void discard() {
        refused = true;
        dropBody();
    }

    private void dropBody() {
        head = null;
        if (body != null) {
            budget.giveBack(body.readableBytes());
            body.release();
            body = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        discard();
        super.channelInactive(ctx);
    }
}
