package dev.tocsin.core.dedup;

import dev.tocsin.core.dedup.DedupVerdict.Quiet;
import dev.tocsin.core.dedup.DedupVerdict.Send;
import dev.tocsin.core.dedup.DedupVerdict.Why;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.notify.NotificationReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an integration must be notified (contract section 5.6). Immutable; safe for all threads.
 *
 * @param sendResolved whether the integration is told about resolved alerts
 * @param repeatInterval after how long an unchanged notification is sent again
 */
public record Dedup(boolean sendResolved, Duration repeatInterval) {
    /**
     * Asks every head and every maybe of the log and sends if any of them calls for it: a notification that nobody is
     * sure of must never stand in the way of one that is needed. A maybe is never repeated for its age alone; of several
     * heads the one that was sent last counts for the repeat interval, since all of them were accepted.
     *
     * @param firing the alerts that fire, muted ones left out
     * @param resolved the alerts that have resolved, muted ones left out
     * @param tick when the group was due
     * @param state what the log knows at this time, expired entries left out
     * @return the reason is that of the head with the highest sequence that calls for it, else that of the first maybe
     */
    public DedupVerdict decide(AlertHashes firing, AlertHashes resolved, Instant tick, KeyState state) {
        if (state.heads().isEmpty() && !firing.isEmpty()) {
            return new Send(NotificationReason.FIRST_NOTIFICATION, null);
        }
        Why why = Why.NOTHING_TO_TELL;
        Instant repeatAfter = repeatAfter(state);
        boolean old = repeatAfter != null && repeatAfter.isBefore(tick);
        for (LogEntry head : state.heads()) {
            Answer answer = compare(firing, resolved, head.firing(), head.resolved(), old);
            if (answer.reason() != null) {
                return new Send(answer.reason(), head);
            }
            why = answer.why();
        }
        for (ClaimContent maybe : state.maybes()) {
            Answer answer = compare(firing, resolved, maybe.firing(), maybe.resolved(), false);
            if (answer.reason() != null) {
                return new Send(answer.reason(), null);
            }
        }
        LogEntry told = state.heads().isEmpty() ? null : state.heads().getFirst();
        return new Quiet(why, told, why == Why.ALREADY_NOTIFIED ? repeatAfter : null);
    }

    /** When the repeat interval has elapsed since the receiver accepted something last; null if it never did. */
    private @Nullable Instant repeatAfter(KeyState state) {
        Instant last = null;
        for (LogEntry head : state.heads()) {
            last = last == null || head.sentAt().isAfter(last) ? head.sentAt() : last;
        }
        return last == null ? null : last.plus(repeatInterval);
    }

    /** What the comparison with one notification says: a reason to send, or why not. */
    private record Answer(@Nullable NotificationReason reason, Why why) {
        static Answer send(NotificationReason reason) {
            return new Answer(reason, Why.NOTHING_TO_TELL);
        }

        static Answer quiet(Why why) {
            return new Answer(null, why);
        }
    }

    /** Rows 3 to 9. */
    private Answer compare(
            AlertHashes firing, AlertHashes resolved, AlertHashes toldFiring, AlertHashes toldResolved, boolean old) {
        if (!toldFiring.containsAll(firing)) {
            return Answer.send(
                    toldFiring.isEmpty() ? NotificationReason.FIRST_NOTIFICATION : NotificationReason.NEW_ALERTS_ADDED);
        }
        if (firing.isEmpty()) {
            return toldFiring.isEmpty()
                    ? Answer.quiet(Why.NOTHING_TO_TELL)
                    : Answer.send(NotificationReason.ALL_ALERTS_RESOLVED);
        }
        if (sendResolved && !toldResolved.containsAll(resolved)) {
            return Answer.send(NotificationReason.SOME_ALERTS_RESOLVED);
        }
        return old ? Answer.send(NotificationReason.REPEAT_INTERVAL_ELAPSED) : Answer.quiet(Why.ALREADY_NOTIFIED);
    }
}
