package dev.tocsin.notifiers.http;

import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Outcome;

/**
 * What becomes of an attempt by default (notifiers contract section 0.5): 5xx and broken connections are tried again,
 * every other status but 2xx is final. Stateless.
 */
public final class StatusRule {
    private StatusRule() {}

    /** The outcome of an answer that is not 2xx; the answer's body is part of the message. */
    public static Outcome refused(OutboundResult.Answer answer) {
        FailureReason reason = FailureReason.ofStatus(answer.status());
        StringBuilder message = new StringBuilder("unexpected status code ").append(answer.status());
        if (!answer.body().isEmpty()) {
            message.append(": ").append(answer.body());
        }
        if (answer.cut()) {
            message.append(" (body cut after ").append(answer.body().length()).append(" characters)");
        }
        return answer.status() / 100 == 5
                ? new Outcome.Retryable(reason, message.toString(), false, false)
                : new Outcome.Permanent(reason, message.toString());
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
