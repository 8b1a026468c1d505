package dev.tocsin.core.journal;

import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.NotificationReason;
import java.time.Duration;

/** What happened between one flush and one integration of its receiver. */
public sealed interface NotificationEvent extends JournalEvent {
    /** The longest answer or error text that an event keeps, in characters. */
    int MAX_TEXT = 256;

    /**
     * Where a notification goes.
     *
     * @param integration name and index, such as {@code webhook[0]}
     */
    record Destination(String groupKey, String receiver, String integration) {}

    /** Where the notification goes. */
    Destination to();

    @Override
    default String groupKey() {
        return to().groupKey();
    }

    @Override
    default String receiver() {
        return to().receiver();
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    /** Nothing was sent because the log says that it is told already. */
    record Deduplicated(Destination to, String why) implements NotificationEvent {
        @Override
        public String reason() {
            return "not sent: " + why;
        }
    }

    /**
     * This node took the notification upon itself.
     *
     * @param cause why the dedup decision was to send
     * @param marked whether it goes out as a possible repeat
     * @param mark why it is marked; empty if it is not
     */
    record Claimed(Destination to, long sequence, NotificationReason cause, boolean marked, String mark)
            implements NotificationEvent {
        @Override
        public String reason() {
            return "claimed as number " + sequence + ": " + cause.text()
                    + (marked ? ", marked as possible repeat: " + mark : "");
        }
    }

    /** The claim was not granted. */
    record Refused(Destination to, long sequence, String why) implements NotificationEvent {
        @Override
        public String reason() {
            return "claim refused: " + why;
        }
    }

    /** The claim is neither granted nor refused yet. */
    record Held(Destination to, long sequence, String why) implements NotificationEvent {
        @Override
        public String reason() {
            return "claim held: " + why;
        }
    }

    /**
     * This node found no way to the receiver and asked another one to try.
     *
     * @param member the other node's name
     * @param error what the last attempt met; cut at {@link #MAX_TEXT}
     */
    record HandedOver(Destination to, long sequence, String member, String error) implements NotificationEvent {
        /** Cuts the text. */
        public HandedOver {
            error = cut(error);
        }

        @Override
        public String reason() {
            return "handed over to " + member + ": " + error;
        }

        @Override
        public int sizeBytes() {
            return 112 + error.length();
        }
    }

    /**
     * One request went out, or tried to.
     *
     * @param attempt counted from 1
     * @param result status or error, without secrets; cut at {@link #MAX_TEXT}
     */
    record Attempted(Destination to, long sequence, int attempt, Duration took, String result)
            implements NotificationEvent {
        /** Cuts the text. */
        public Attempted {
            result = cut(result);
        }

        @Override
        public String reason() {
            return "attempt " + attempt + " took " + took.toMillis() + " ms: " + result;
        }

        @Override
        public int sizeBytes() {
            return 112 + result.length();
        }
    }

    /**
     * The receiver accepted.
     *
     * @param answer the first characters of the answer; cut at {@link #MAX_TEXT}
     */
    record Delivered(
            Destination to,
            long sequence,
            String idempotencyKey,
            NotificationReason cause,
            Fingerprints firing,
            Fingerprints resolved,
            int attempts,
            boolean marked,
            String answer)
            implements NotificationEvent {
        /** Cuts the text. */
        public Delivered {
            answer = cut(answer);
        }

        @Override
        public boolean concerns(long fingerprint) {
            return firing.contains(fingerprint) || resolved.contains(fingerprint);
        }

        @Override
        public String reason() {
            return "delivered as number " + sequence + " after " + attempts + " attempts: " + cause.text();
        }

        @Override
        public int sizeBytes() {
            return 208 + (firing.size() + resolved.size()) * Long.BYTES + answer.length();
        }
    }

    /**
     * The notification was given up for this flush.
     *
     * @param maybeAccepted whether the receiver may have acted on an attempt all the same
     */
    record Failed(
            Destination to, long sequence, FailureReason failure, String error, int attempts, boolean maybeAccepted)
            implements NotificationEvent {
        /** Cuts the text. */
        public Failed {
            error = cut(error);
        }

        @Override
        public String reason() {
            return "failed after " + attempts + " attempts: " + error
                    + (maybeAccepted ? "; the receiver may have accepted one of them" : "");
        }

        @Override
        public int sizeBytes() {
            return 112 + error.length();
        }
    }

    /** A notification that may have been accepted before is sent again. */
    record Repeated(Destination to, long sequence, String idempotencyKey, String why) implements NotificationEvent {
        @Override
        public String reason() {
            return "possible repeat of number " + sequence + ": " + why;
        }
    }

    /** The integration has nothing to say about this flush, such as resolved alerts that it is not to send. */
    record Skipped(Destination to, String why) implements NotificationEvent {
        @Override
        public String reason() {
            return "nothing to send: " + why;
        }
    }
}
