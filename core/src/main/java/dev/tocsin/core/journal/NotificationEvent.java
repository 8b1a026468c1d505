package dev.tocsin.core.journal;

import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.NotificationReason;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

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

    /**
     * A notification that a receiver accepted before.
     *
     * @param node the name of the node that sent it
     * @param at when it was accepted
     */
    record Told(String node, Instant at, long sequence) {}

    /**
     * Nothing was sent because the log says that it is told already.
     *
     * @param last what told it; null if the receiver was never told anything
     */
    record Deduplicated(
            Destination to, String why, @Nullable Told last) implements NotificationEvent {
        @Override
        public EventType type() {
            return EventType.DEDUPLICATED;
        }

        @Override
        public String reason() {
            return "not sent: " + why
                    + (last == null ? "" : "; node " + last.node + " sent number " + last.sequence + " at " + last.at);
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
        public EventType type() {
            return EventType.CLAIMED;
        }

        @Override
        public String reason() {
            return "claimed as number " + sequence + ": " + cause.text()
                    + (marked ? ", marked as possible repeat: " + mark : "");
        }
    }

    /** The claim was not granted. */
    record Refused(Destination to, long sequence, String why) implements NotificationEvent {
        @Override
        public EventType type() {
            return EventType.CLAIM_REFUSED;
        }

        @Override
        public String reason() {
            return "claim refused: " + why;
        }
    }

    /** The claim is neither granted nor refused yet. */
    record Held(Destination to, long sequence, String why) implements NotificationEvent {
        @Override
        public EventType type() {
            return EventType.CLAIM_HELD;
        }

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
        public EventType type() {
            return EventType.HANDED_OVER;
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
     * @param verdict what came of it
     * @param result status and the beginning of the answer, or the error; without secrets; cut at {@link #MAX_TEXT}
     */
    record Attempted(Destination to, long sequence, int attempt, Duration took, Verdict verdict, String result)
            implements NotificationEvent {
        /** What came of an attempt. */
        public enum Verdict {
            /** The receiver accepted. */
            ACCEPTED(0, "accepted"),
            /** It certainly did not accept; another attempt may work. */
            RETRYABLE(1, "may be tried again"),
            /** Nobody knows whether it accepted. */
            UNKNOWN(2, "may have been accepted"),
            /** It certainly did not accept, and would not the next time. */
            PERMANENT(3, "refused for good");

            private final int number;
            private final String text;

            Verdict(int number, String text) {
                this.number = number;
                this.text = text;
            }

            /** The number by which files and other nodes know it. */
            public int number() {
                return number;
            }

            /** What it means, as a clause. */
            String text() {
                return text;
            }
        }

        /** Cuts the text. */
        public Attempted {
            result = cut(result);
        }

        @Override
        public EventType type() {
            return EventType.ATTEMPTED;
        }

        @Override
        public String reason() {
            return "attempt " + attempt + " took " + took.toMillis() + " ms, " + verdict.text() + ": " + result;
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
        public void alerts(LongConsumer each) {
            firing.forEach(each);
            resolved.forEach(each);
        }

        @Override
        public EventType type() {
            return EventType.DELIVERED;
        }

        @Override
        public String reason() {
            return "delivered as number " + sequence + " after " + Count.of(attempts, "attempt") + ": " + cause.text();
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
        public EventType type() {
            return EventType.FAILED;
        }

        @Override
        public String reason() {
            return "failed after " + Count.of(attempts, "attempt") + ", " + failure.label() + ": " + error
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
        public EventType type() {
            return EventType.REPEATED;
        }

        @Override
        public String reason() {
            return "possible repeat of number " + sequence + ": " + why;
        }
    }

    /**
     * Another node told this one that a receiver accepted a notification of it.
     *
     * @param node the name of the node that sent it
     * @param at when it was accepted, by this node's clock
     * @param firing the alerts that it told as firing, by the log's hashes
     * @param resolved the alerts that it told as resolved, by the log's hashes
     * @param marked whether it went out as a possible repeat
     */
    record Learned(
            Destination to,
            long sequence,
            String idempotencyKey,
            String node,
            Instant at,
            AlertHashes firing,
            AlertHashes resolved,
            boolean marked)
            implements NotificationEvent {
        @Override
        public EventType type() {
            return EventType.LEARNED;
        }

        @Override
        public String reason() {
            return "delivered as number " + sequence + " by node " + node + " at " + at
                    + (marked ? ", marked as possible repeat" : "");
        }

        @Override
        public int sizeBytes() {
            return 160 + (firing.size() + resolved.size()) * Long.BYTES;
        }
    }

    /**
     * Another node claimed a notification, and nobody knows whether the receiver accepted it.
     *
     * @param node the name of the node that claimed it
     * @param since when it did, by this node's clock
     */
    record Unsure(Destination to, long sequence, String node, Instant since) implements NotificationEvent {
        @Override
        public EventType type() {
            return EventType.UNSURE;
        }

        @Override
        public String reason() {
            return "node " + node + " claimed number " + sequence + " at " + since
                    + " and nobody knows whether it was accepted";
        }
    }

    /** The integration has nothing to say about this flush, such as resolved alerts that it is not to send. */
    record Skipped(Destination to, String why) implements NotificationEvent {
        @Override
        public EventType type() {
            return EventType.SKIPPED;
        }

        @Override
        public String reason() {
            return "nothing to send: " + why;
        }
    }
}
