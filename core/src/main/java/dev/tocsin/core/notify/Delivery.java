package dev.tocsin.core.notify;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.trace.Span;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One notification on its way to one receiver: attempts, the waits between them, and the end. Used on the hub loop only.
 *
 * <p>An attempt that may have been accepted without an answer makes every later one a possible repeat. An attempt that is
 * called off gets a moment to end; a notifier that does not heed the interruption is left behind, and only its success
 * is still heard.
 */
public final class Delivery {
    /** How many attempts running may find no way to the receiver before another node is asked to try. */
    static final int UNREACHABLE = 2;

    /** How long an attempt that was called off may take to end. */
    static final Duration ABORT = Duration.ofMillis(250);

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    /** How a delivery ended. */
    public sealed interface Result {
        /** The receiver accepted. */
        record Accepted(Outcome.Delivered outcome, int attempts, boolean marked) implements Result {}

        /**
         * It did not, as far as is known.
         *
         * @param error the text for logs, as the contract words it
         * @param maybeAccepted whether some attempt may have been accepted all the same
         * @param calledOff whether it was given up only because the hub stops, its configuration is replaced or its lease
         *     has lapsed
         * @param handOver whether it was given up so that another node tries
         */
        record GivenUp(
                FailureReason reason,
                String error,
                int attempts,
                boolean maybeAccepted,
                boolean calledOff,
                boolean handOver)
                implements Result {}
    }

    /** Hears of a delivery. */
    public interface Listener {
        /** Whether an attempt may be started now; if not, the delivery is called off. */
        boolean maySend();

        /**
         * An attempt begins, counted from 1.
         *
         * @return its span, which ends with it; the request carries its headers
         */
        default Span attempting(int attempt) {
            return Span.NONE;
        }

        /** Whether another node could try. Asked when this one did not reach the receiver {@link #UNREACHABLE} times running. */
        boolean hasSuccessor();

        /**
         * The receiver has accepted. Called at once, before anything else is made of that: until the other nodes know of it,
         * the death of this one means a repeat. {@link #attempted} and {@link #ended} follow.
         */
        void accepted(Outcome.Delivered outcome, boolean marked);

        /** An attempt has ended. */
        void attempted(int attempt, Duration took, Outcome outcome);

        /** The delivery has ended; called once. */
        void ended(Result result);

        /** The receiver has accepted after the end, while {@link Result.GivenUp} was reported as maybe accepted. */
        void acceptedLate(Outcome.Delivered outcome, int attempts, boolean marked);
    }

    /** Why no further attempt follows. */
    private enum Stop {
        NONE(FailureReason.OTHER, ""),
        DEADLINE(FailureReason.CONTEXT_DEADLINE_EXCEEDED, "context deadline exceeded"),
        CALLED_OFF(FailureReason.CONTEXT_CANCELED, "context canceled"),
        HANDED_OVER(FailureReason.OTHER, "another node tries");

        private final FailureReason reason;
        private final String text;

        Stop(FailureReason reason, String text) {
            this.reason = reason;
            this.text = text;
        }
    }

    private final Sender sender;
    private final Target target;
    private final Instant deadline;
    private final Listener listener;
    private final Backoff backoff;
    private final RetryWarning warning;
    private Notification notification;
    private Outcome.@Nullable Retryable lastError;
    private Stop stop = Stop.NONE;
    private int attempts;
    private int unreachable;
    private long attemptStart;
    private boolean maybeAccepted;
    private boolean attempting;
    private boolean interrupted;
    private boolean begun;
    private boolean ended;
    private Cancellable running = Cancellable.NONE;
    private Cancellable retry = Cancellable.NONE;
    private Cancellable timer = Cancellable.NONE;

    Delivery(Sender sender, Target target, Notification notification, Instant deadline, Listener listener) {
        this.sender = sender;
        this.target = target;
        this.notification = notification;
        this.deadline = deadline;
        this.listener = listener;
        this.backoff = new Backoff(sender.random());
        this.warning = new RetryWarning(log, target, notification.groupKey());
    }

    /** No further attempts; the one under way may end by itself. */
    public void stopRetrying() {
        stop(Stop.CALLED_OFF);
    }

    /** No further attempts; the one under way is closed. */
    public void abort() {
        stop(Stop.CALLED_OFF);
        interrupt();
    }

    void begin() {
        if (ended) {
            return;
        }
        begun = true;
        sender.metrics().begun(target);
        timer = sender.loop().schedule(Duration.between(sender.clock().now(), deadline), this::expire);
        attempt();
    }

    private void expire() {
        stop(Stop.DEADLINE);
        interrupt();
    }

    private void stop(Stop why) {
        if (ended) {
            return;
        }
        if (stop == Stop.NONE) {
            stop = why;
        }
        if (!attempting) {
            giveUp();
        }
    }

    private void interrupt() {
        if (attempting && !ended && !interrupted) {
            interrupted = true;
            timer.cancel();
            timer = sender.loop().schedule(ABORT, this::leaveBehind);
            running.cancel();
        }
    }

    /** The notifier did not end in time: nobody knows what it has sent. */
    private void leaveBehind() {
        maybeAccepted = true;
        giveUp();
    }

    private void attempt() {
        if (ended) {
            return;
        }
        if (!sender.clock().now().isBefore(deadline)) {
            stop(Stop.DEADLINE);
            return;
        }
        if (!listener.maySend()) {
            stop(Stop.CALLED_OFF);
            return;
        }
        attempts++;
        attempting = true;
        attemptStart = sender.clock().nanoTime();
        Notification attempted = notification;
        Span span = listener.attempting(attempts);
        running = sender.workers()
                .submit(() -> span.call(() -> target.notifier().send(attempted, deadline)), (outcome, failure) -> {
                    Outcome known = outcome == null ? failed(failure) : outcome;
                    if (!(known instanceof Outcome.Delivered)) {
                        span.fail(known.text());
                    }
                    span.end();
                    attempted(attempted, known);
                });
    }

    private Outcome failed(@Nullable Exception failure) {
        if (failure instanceof InterruptedException) {
            return new Outcome.Retryable(FailureReason.OTHER, "the attempt was interrupted", true, false);
        }
        log.atError()
                .addKeyValue("component", "dispatcher")
                .addKeyValue("integration", target)
                .setCause(failure)
                .log("Notifier failed unexpectedly");
        maybeAccepted = true;
        return new Outcome.Permanent(FailureReason.OTHER, "unexpected failure: " + failure);
    }

    private void attempted(Notification attempted, Outcome outcome) {
        if (ended) {
            if (outcome instanceof Outcome.Delivered delivered) {
                listener.acceptedLate(delivered, attempts, attempted.possibleRepeat());
            }
            return;
        }
        attempting = false;
        if (outcome instanceof Outcome.Delivered delivered) {
            listener.accepted(delivered, attempted.possibleRepeat());
        }
        long took = sender.clock().nanoTime() - attemptStart;
        sender.metrics().attempted(target, took, outcome instanceof Outcome.Delivered);
        if (!(outcome instanceof Outcome.Delivered)) {
            sender.metrics().attemptFailed(target, sender.clock().now(), outcome.text());
        }
        listener.attempted(attempts, Duration.ofNanos(took), outcome);
        switch (outcome) {
            case Outcome.Delivered delivered -> {
                log.atLevel(attempts > 1 ? Level.INFO : Level.DEBUG)
                        .addKeyValue("component", "dispatcher")
                        .addKeyValue("integration", target)
                        .addKeyValue("attempts", attempts)
                        .log("Notify success");
                end(new Result.Accepted(delivered, attempts, attempted.possibleRepeat()));
            }
            case Outcome.Retryable error -> failed(error);
            case Outcome.Permanent error ->
                end(new Result.GivenUp(
                        error.reason(),
                        target + ": notify retry canceled due to unrecoverable error after " + attempts + " attempts: "
                                + error.message(),
                        attempts,
                        maybeAccepted,
                        false,
                        false));
        }
    }

    private void failed(Outcome.Retryable error) {
        maybeAccepted |= error.maybeAccepted();
        if (interrupted || !sender.clock().now().isBefore(deadline)) {
            // the end of the time cut it short: its own error explains nothing
            stop(Stop.DEADLINE);
            return;
        }
        warning.failed(attempts, error.message());
        lastError = error;
        unreachable = error.unreachable() ? unreachable + 1 : 0;
        if (stop == Stop.NONE && unreachable >= UNREACHABLE && listener.hasSuccessor()) {
            stop = Stop.HANDED_OVER;
        }
        if (stop != Stop.NONE) {
            giveUp();
            return;
        }
        if (maybeAccepted) {
            notification = notification.asPossibleRepeat();
        }
        Duration sinceStart = Duration.ofNanos(sender.clock().nanoTime() - attemptStart);
        retry = sender.loop().schedule(backoff.next().minus(sinceStart), this::attempt);
    }

    private void giveUp() {
        FailureReason reason = lastError == null ? stop.reason : lastError.reason();
        String error = lastError == null ? stop.text : lastError.message();
        end(new Result.GivenUp(
                reason,
                target + ": notify retry canceled after " + attempts + " attempts: " + error,
                attempts,
                maybeAccepted,
                stop == Stop.CALLED_OFF,
                stop == Stop.HANDED_OVER));
    }

    private void end(Result result) {
        if (ended) {
            return;
        }
        ended = true;
        if (begun) {
            sender.metrics().ended(target);
        }
        timer.cancel();
        retry.cancel();
        listener.ended(result);
    }
}
