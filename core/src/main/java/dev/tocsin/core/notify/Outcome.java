package dev.tocsin.core.notify;

import java.util.Map;

/** What came of one attempt to send. */
public sealed interface Outcome {
    /** The answer or the error, for people; may be empty. */
    default String text() {
        return switch (this) {
            case Delivered delivered -> delivered.answer();
            case Retryable error -> error.message();
            case Permanent error -> error.message();
        };
    }

    /**
     * The receiver accepted.
     *
     * @param answer what it said for people, such as {@code 200: ok}, without secrets; may be empty
     * @param receiverData what to store with the log entry, replacing what was there; may be empty
     */
    record Delivered(String answer, Map<String, ReceiverValue> receiverData) implements Outcome {}

    /**
     * It failed and may work later.
     *
     * @param maybeAccepted whether bytes of the request went out and no status line came back, so that the receiver may
     *     have acted on it
     * @param unreachable whether no byte could be sent: another node might reach the receiver
     */
    record Retryable(FailureReason reason, String message, boolean maybeAccepted, boolean unreachable)
            implements Outcome {}

    /** It failed and would fail again. The receiver did not act on it. */
    record Permanent(FailureReason reason, String message) implements Outcome {}
}
