package dev.tocsin.api.http.server;

import dev.tocsin.core.runtime.Clock;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections whose client is too slow. Stands before the decoder, so that it sees bytes that are no request yet.
 * Confined to the connection's event loop.
 *
 * <p>There is one timer per connection, which looks now and then what the connection waits for; requests cost no timer.
 * A deadline is therefore met up to one look late: a quarter of the shortest limit.
 */
final class Deadlines extends ChannelDuplexHandler {
    /** A client was too slow; the event's receiver answers, if it can, and closes. */
    enum Expired {
        /** In sending a request. */
        REQUEST,
        /** In reading an answer, or in sending another request. */
        CONNECTION
    }

    private enum Phase {
        IDLE,
        HEAD,
        BODY,
        WORKING,
        WRITING,
        OVER
    }

    private final Clock clock;
    private final HttpServerOptions.Limits limits;
    private final long lookNanos;
    private Phase phase = Phase.IDLE;
    private long phaseSince;
    private long progressAt;
    private @Nullable ScheduledFuture<?> timer;

    Deadlines(Clock clock, HttpServerOptions.Limits limits) {
        this.clock = clock;
        this.limits = limits;
        long shortest = Math.min(
                Math.min(limits.headTime().toNanos(), limits.bodyTime().toNanos()),
                Math.min(limits.stallTime().toNanos(), limits.idleTime().toNanos()));
        this.lookNanos = Math.max(shortest / 4, TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** The head of a request is complete. */
    void headRead() {
        enter(Phase.BODY);
    }

    /** A request is complete, or refused: now the server is to act. */
    void requestRead() {
        enter(Phase.WORKING);
    }

    /** Bytes of an answer wait for the client to read them. */
    void writing() {
        if (phase != Phase.WRITING) {
            enter(Phase.WRITING);
        }
    }

    /** The client read bytes of an answer. */
    void wrote() {
        progressAt = clock.nanoTime();
    }

    /** The answer is sent and no other request is there. */
    void idle() {
        enter(Phase.IDLE);
    }

    private void enter(Phase next) {
        phase = next;
        phaseSince = clock.nanoTime();
        progressAt = phaseSince;
    }

    /** Connections are active when this is added: right after they are accepted, or after a TLS handshake. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        enter(Phase.IDLE);
        lookLater(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (phase == Phase.IDLE) {
            enter(Phase.HEAD);
        } else if (phase == Phase.BODY) {
            progressAt = clock.nanoTime();
        }
        super.channelRead(ctx, message);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        stop();
        super.channelInactive(ctx);
    }

    private void stop() {
        phase = Phase.OVER;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void lookLater(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> look(ctx), lookNanos, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        boolean late = switch (phase) {
            case IDLE -> passed(phaseSince, limits.idleTime());
            case HEAD -> passed(phaseSince, limits.headTime());
            case BODY -> passed(phaseSince, limits.bodyTime()) || passed(progressAt, limits.stallTime());
            case WRITING -> passed(progressAt, limits.stallTime());
            case WORKING, OVER -> false;
        };
        if (phase == Phase.OVER) {
            return;
        }
        if (!late) {
            lookLater(ctx);
            return;
        }
        boolean inRequest = phase == Phase.HEAD || phase == Phase.BODY;
        phase = Phase.OVER;
        ctx.fireUserEventTriggered(inRequest ? Expired.REQUEST : Expired.CONNECTION);
    }

    private boolean passed(long since, Duration limit) {
        return clock.nanoTime() - since > limit.toNanos();
    }
}
