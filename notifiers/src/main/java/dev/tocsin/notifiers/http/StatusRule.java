package dev.tocsin.notifiers.http;

import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of an attempt by default (notifiers contract section 0.5): 5xx and broken connections are tried again,
 * every other status but 2xx is final. Stateless.
 */
public final class StatusRule {
    /** The most characters that are kept of the body of an answer that is a success. */
    private static final int MAX_SAID = 256;

    private StatusRule() {}

    /** The outcome of an answer of which only the status counts. */
    public static Outcome judge(OutboundResult.Answer answer) {
        return judge(answer, Set.of());
    }

    /**
     * As {@link #judge(OutboundResult.Answer)}.
     *
     * @param alsoRetried statuses that are tried again besides 5xx
     */
    public static Outcome judge(OutboundResult.Answer answer, Set<Integer> alsoRetried) {
        return answer.success() ? accepted(answer) : refused(answer, alsoRetried);
    }

    /** The receiver took it and there is nothing to remember. */
    public static Outcome accepted(OutboundResult.Answer answer) {
        return new Outcome.Delivered(said(answer), Map.of());
    }

    /** What a receiver that took it said: the status, and the beginning of the body if there is one. */
    public static String said(OutboundResult.Answer answer) {
        String body = answer.body().strip();
        String status = Integer.toString(answer.status());
        return body.isEmpty() ? status : status + ": " + body.substring(0, Math.min(MAX_SAID, body.length()));
    }

    /** A failure before anything was sent that would come again. */
    public static Outcome permanent(String message) {
        return new Outcome.Permanent(FailureReason.OTHER, message);
    }

    /** A failure before anything was sent that may go away. */
    public static Outcome retryable(String message) {
        return new Outcome.Retryable(FailureReason.OTHER, message, false, false);
    }

    /** The outcome of an answer that is not 2xx; the answer's body is part of the message. */
    public static Outcome refused(OutboundResult.Answer answer) {
        return refused(answer, Set.of());
    }

    /**
     * As {@link #refused(OutboundResult.Answer)}.
     *
     * @param alsoRetried statuses that are tried again besides 5xx
     */
    public static Outcome refused(OutboundResult.Answer answer, Set<Integer> alsoRetried) {
        StringBuilder detail = new StringBuilder(answer.body());
        if (answer.cut()) {
            detail.append(" (body cut after ").append(answer.body().length()).append(" characters)");
        }
        return refused(answer, alsoRetried, detail.toString());
    }

    /**
     * As {@link #refused(OutboundResult.Answer, Set)}.
     *
     * @param detail stands in the message instead of the body; may be empty
     */
    public static Outcome refused(OutboundResult.Answer answer, Set<Integer> alsoRetried, String detail) {
        FailureReason reason = FailureReason.ofStatus(answer.status());
        String message = "unexpected status code " + answer.status() + (detail.isEmpty() ? "" : ": " + detail);
        return answer.status() / 100 == 5 || alsoRetried.contains(answer.status())
                ? new Outcome.Retryable(reason, message, false, false)
                : new Outcome.Permanent(reason, message);
    }

    /** The outcome of a request without an answer; its address is not told. */
    public static Outcome failed(OutboundResult.Failure failure, OutboundRequest request) {
        return failed(failure, failure.expired() ? failure.message() : request.redacted() + failure.message());
    }

    /**
     * A failure with words before its message, unless it is the end of the flush that is told.
     *
     * @param before such as {@code channel "#a": }
     */
    public static Outcome prefixed(String before, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> delivered;
            case Outcome.Permanent(FailureReason reason, String message) ->
                new Outcome.Permanent(reason, before + message);
            case Outcome.Retryable retryable
            when retryable.reason() == FailureReason.CONTEXT_DEADLINE_EXCEEDED -> retryable;
            case Outcome.Retryable(FailureReason reason, String message, boolean maybe, boolean unreachable) ->
                new Outcome.Retryable(reason, before + message, maybe, unreachable);
        };
    }

    /**
     * The outcome of a request without an answer.
     *
     * @param message what to tell
     */
    public static Outcome failed(OutboundResult.Failure failure, String message) {
        FailureReason reason = failure.expired() ? FailureReason.CONTEXT_DEADLINE_EXCEEDED : FailureReason.OTHER;
        return new Outcome.Retryable(reason, message, failure.maybeAccepted(), failure.unreachable());
    }
}
