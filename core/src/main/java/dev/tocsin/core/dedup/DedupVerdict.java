package dev.tocsin.core.dedup;

import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.notify.NotificationReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether to notify, and why. */
public sealed interface DedupVerdict {
    /**
     * The receiver has to hear of it.
     *
     * @param against the notification that it was compared with; null if none is known, or only ones of unknown outcome
     */
    record Send(NotificationReason reason, @Nullable LogEntry against) implements DedupVerdict {}

    /**
     * The receiver knows already.
     *
     * @param told the latest notification; null if there was none
     * @param repeatAfter the first tick after this instant repeats an unchanged notification; null if nothing fires
     */
    record Quiet(Why why, @Nullable LogEntry told, @Nullable Instant repeatAfter) implements DedupVerdict {}

    /** Why nothing is sent. */
    enum Why {
        /** Nothing fires, and the receiver was not told that anything does (rows 2 and 6 of contract section 5.6). */
        NOTHING_TO_TELL("nothing fires and nothing was notified as firing"),
        /** The receiver knows of everything, and it is too early to repeat (row 9). */
        ALREADY_NOTIFIED("already notified and the repeat interval has not elapsed");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        /** The wording for people. */
        public String text() {
            return text;
        }
    }
}
