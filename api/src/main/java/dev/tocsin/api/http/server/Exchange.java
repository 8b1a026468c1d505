package dev.tocsin.api.http.server;

import dev.tocsin.api.http.AsyncHandler;
import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.LiveHandler;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Router;
import dev.tocsin.core.time.GoDuration;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Begins and ends on the connection's event loop; handlers may complete on any thread.
 * {@code answering} decides the one race there is: between the handler's answer and the timeout.
 */
final class Exchange {
    /** Bodies up to this many bytes are cheap enough to be worked on by the event loop: some 400 alerts, 2 ms. */
    private static final int INLINE_BODY = 256 << 10;

    private final ExchangeContext server;
    private final Connection connection;
    private final ChannelHandlerContext ctx;
    private final Incoming.Whole incoming;
    private final Request request;
    private final long startNanos;
    private final AtomicBoolean answering = new AtomicBoolean();
    private final Router.Match match;
    private boolean holdsPlace;
    private boolean admitted;
    private boolean counted;
    private @Nullable Future<?> timeout;

    Exchange(ExchangeContext server, Connection connection, ChannelHandlerContext ctx, Incoming.Whole incoming) {
        this.server = server;
        this.connection = connection;
        this.ctx = ctx;
        this.incoming = incoming;
        this.request = incoming.request();
        this.startNanos = server.clock().nanoTime();
        this.match = server.router().match(request);
    }

    Request request() {
        return request;
    }

    boolean chunkable() {
        return incoming.chunkable();
    }

    void begin() {
        chain(0, request).whenComplete((response, failure) -> {
            request.body().release();
            answer(failure == null ? response : failed(failure));
        });
    }

    private CompletionStage<Response> chain(int filter, Request current) {
        try {
            if (filter == server.filters().size()) {
                return admit(current);
            }
            return server.filters().get(filter).apply(current, next -> goOn(filter + 1, next));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Filters may complete on any thread; what follows them runs on the loop all the same. */
    private CompletionStage<Response> goOn(int filter, Request current) {
        if (ctx.executor().inEventLoop()) {
            return chain(filter, current);
        }
        return CompletableFuture.supplyAsync(() -> chain(filter, current), ctx.executor())
                .thenCompose(stage -> stage);
    }

    /** Only what all filters let through takes a place among the GETs, may time out and is measured. */
    private CompletionStage<Response> admit(Request current) {
        if (current.is("GET") && !(match.endpoint() instanceof LiveHandler)) {
            if (!server.getLimit().enter()) {
                return CompletableFuture.completedFuture(server.getLimit().refusal());
            }
            holdsPlace = true;
        }
        admitted = true;
        var limit = server.options().requestTimeout();
        if (limit.isPositive()) {
            timeout = ctx.executor().schedule(this::timeOut, limit.toNanos(), TimeUnit.NANOSECONDS);
        }
        return dispatch(current);
    }

    private CompletionStage<Response> dispatch(Request current) {
        return switch (match.endpoint()) {
            case AsyncHandler handler
            when current.body().length() > INLINE_BODY ->
                CompletableFuture.supplyAsync(() -> handler.handle(current), server.workers())
                        .thenCompose(stage -> stage);
            case AsyncHandler handler -> handler.handle(current);
            case Handler handler ->
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return handler.handle(current);
                            } catch (Exception e) {
                                throw new CompletionException(e);
                            }
                        },
                        server.workers());
        };
    }

    private Response failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RejectedExecutionException) {
            return Response.error(503, "shutting down\n");
        }
        server.log()
                .atError()
                .addKeyValue("method", request.method())
                .addKeyValue("path", request.rawPath())
                .setCause(cause)
                .log("Request failed");
        return Response.error(500, "Internal Server Error\n");
    }

    private void timeOut() {
        String limit = GoDuration.print(server.options().requestTimeout());
        answer(Response.text(503, "Exceeded configured timeout of " + limit + ".\n"));
    }

    /** Takes the right to answer; only the first one has it. */
    boolean claim() {
        return answering.compareAndSet(false, true);
    }

    private void answer(Response response) {
        switch (response.content()) {
            case Response.Bytes bytes -> {
                if (claim()) {
                    onLoop(() -> write(response, bytes.bytes().length));
                }
            }
            case Response.Streamed streamed -> stream(response, streamed.writer(), true, streamed.gzipAlways());
            case Response.Live live -> {
                onLoop(this::leavePlace);
                stream(response, live.writer(), false, false);
            }
        }
    }

    private void stream(Response response, Response.Writer writer, boolean gzip, boolean gzipAlways) {
        try {
            server.workers().execute(() -> {
                ResponseStream out = new ResponseStream(this, server, connection, ctx, response, gzip, gzipAlways);
                write(out, writer);
            });
        } catch (RejectedExecutionException e) {
            answer(failed(e));
        }
    }

    /** Writes a whole answer. Event loop only, after {@link #claim}. */
    void write(Response response, int bytes) {
        boolean close = closes();
        connection.deadlines().writing();
        count(response.status(), bytes); // before the client has it, who may ask for the metrics next
        ctx.writeAndFlush(server.encoder().full(response, close, !incoming.chunkable()))
                .addListener(written -> end(response.status(), bytes, close || !written.isSuccess()));
    }

    private void write(ResponseStream out, Response.Writer writer) {
        try {
            writer.writeTo(out);
            out.complete();
        } catch (Throwable e) { // an error, too, must not leave the client waiting
            if (out.abort()) {
                answer(failed(e));
            }
        }
    }

    /** Whether the connection ends with this exchange. Event loop only. */
    boolean closes() {
        return !incoming.keepAlive() || connection.closing();
    }

    /** Any thread. When the server has stopped, and the connection with it, nobody waits for the answer: it is dropped. */
    void onLoop(Runnable task) {
        if (ctx.executor().inEventLoop()) {
            task.run();
            return;
        }
        try {
            ctx.executor().execute(task);
        } catch (RejectedExecutionException e) {
            server.log().atDebug().addKeyValue("component", "web").log("The server has stopped; an answer was dropped");
        }
    }

    private void leavePlace() {
        if (holdsPlace) {
            holdsPlace = false;
            server.getLimit().leave();
        }
    }

    /** The answer went out, or the client did. Event loop only. */
    void end(int status, long bytes, boolean close) {
        if (timeout != null) {
            timeout.cancel(false);
        }
        leavePlace();
        count(status, bytes);
        connection.finished(ctx, close);
    }

    private void count(int status, long bytes) {
        if (admitted && !counted) {
            counted = true;
            long nanos = server.clock().nanoTime() - startNanos;
            server.metrics().answered(match, request.method(), status, bytes, nanos);
        }
    }
}
