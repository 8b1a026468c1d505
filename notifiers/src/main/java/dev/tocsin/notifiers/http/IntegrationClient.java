package dev.tocsin.notifiers.http;

import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.time.GoDuration;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The way out of one integration. It shares connections with integrations whose {@code http_config} is equal and gives
 * its share back once when it is closed. Safe for all threads.
 */
public final class IntegrationClient implements AutoCloseable {
    /** More than any flush has; keeps nanoseconds within a long. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Turnstile turns = new Turnstile();
    private final String title;
    private final OutboundClient client;
    private final Runnable release;
    private final ConnectionMetrics.Dialer dialer;
    private final Clock clock;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A client.
     *
     * @param title how messages call the integration, such as {@code slack}
     * @param release gives {@code client} back; called once
     * @param clock tells how much time is left
     */
    public IntegrationClient(
            String title, OutboundClient client, Runnable release, ConnectionMetrics.Dialer dialer, Clock clock) {
        this.title = title;
        this.client = client;
        this.release = release;
        this.dialer = dialer;
        this.clock = clock;
    }

    /** Sends a request and reads the answer. Blocks at most until {@code deadline}. */
    public OutboundResult exchange(OutboundRequest request, Instant deadline) throws InterruptedException {
        return exchange(request, deadline, Duration.ZERO);
    }

    /**
     * As {@link #exchange(OutboundRequest, Instant)}. A request that takes longer than {@code timeout} has failed like
     * one whose connection broke.
     *
     * @param timeout as the integration's {@code timeout} says; zero for none
     */
    public OutboundResult exchange(OutboundRequest request, Instant deadline, Duration timeout)
            throws InterruptedException {
        Duration left = Duration.between(clock.now(), deadline);
        boolean own = timeout.isPositive() && timeout.compareTo(left) < 0;
        long begun = clock.nanoTime();
        OutboundResult result = inTurn(request, own ? timeout : left);
        // whatever failed when the time was over failed because of it, the dialling too
        if (own
                && result instanceof OutboundResult.Failure failure
                && (failure.expired() || clock.nanoTime() - begun >= timeout.toNanos())) {
            String reached = "configured " + title + " timeout reached (" + GoDuration.print(timeout) + ")";
            return new OutboundResult.Failure(reached, false, failure.maybeAccepted(), failure.unreachable());
        }
        return result;
    }

    private OutboundResult inTurn(OutboundRequest request, Duration limit) throws InterruptedException {
        long begun = clock.nanoTime();
        Duration bounded = limit.compareTo(LONGEST) > 0 ? LONGEST : limit;
        if (!turns.enter(bounded)) {
            return new OutboundResult.Failure("context deadline exceeded", true, false, true);
        }
        try {
            return client.exchange(request, dialer, bounded.minusNanos(clock.nanoTime() - begun));
        } finally {
            turns.leave();
        }
    }

    /**
     * Sends a request; without an answer it has failed as {@link StatusRule#failed} says.
     *
     * @param judge what an answer means
     */
    public Outcome deliver(OutboundRequest request, Instant deadline, Function<OutboundResult.Answer, Outcome> judge)
            throws InterruptedException {
        return deliver(request, deadline, Duration.ZERO, judge);
    }

    /** As {@link #deliver(OutboundRequest, Instant, Function)} with the integration's own {@code timeout}. */
    public Outcome deliver(
            OutboundRequest request, Instant deadline, Duration timeout, Function<OutboundResult.Answer, Outcome> judge)
            throws InterruptedException {
        return switch (exchange(request, deadline, timeout)) {
            case OutboundResult.Answer answer -> judge.apply(answer);
            case OutboundResult.Failure failure -> StatusRule.failed(failure, request);
        };
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
