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

/**
 * Decides whether an integration must be notified (contract section 5.6). Immutable; safe for all threads.
 *
 * @param sendResolved whether the integration is told about resolved alerts
 * @param repeatInterval after how long an unchanged notification is sent again
 */
public record Dedup(boolean sendResolved, Duration repeatInterval) {
    /**
     * Asks every head and every maybe of the log and sends if any of them calls for it: a notification that nobody is
     * sure of must never stand in the way of one that is needed. A maybe is never repeated for its age alone.
     *
     * @param firing the alerts that fire, muted ones left out
     * @param resolved the alerts that have resolved, muted ones left out
     * @param tick when the group was due
     * @param state what the log knows at this time, expired entries left out
     * @return the reason is that of the head with the highest sequence that calls for it, else that of the first maybe
     */
    public DedupVerdict decide(AlertHashes firing, AlertHashes resolved, Instant tick, KeyState state) {
        if (state.heads().isEmpty() && !firing.isEmpty()) {
            return new Send(NotificationReason.FIRST_NOTIFICATION);
        }
        Why why = Why.NOTHING_TO_TELL;
        for (LogEntry head : state.heads()) {
            boolean old = head.sentAt().isBefore(tick.minus(repeatInterval));
            switch (compare(firing, resolved, head.firing(), head.resolved(), old)) {
                case Send send -> {
                    return send;
                }
                case Quiet quiet -> why = quiet.why();
            }
        }
        for (ClaimContent maybe : state.maybes()) {
            switch (compare(firing, resolved, maybe.firing(), maybe.resolved(), false)) {
                case Send send -> {
                    return send;
                }
                case Quiet quiet -> {}
            }
        }
        return new Quiet(why);
    }

    /** Rows 3 to 9. */
    private DedupVerdict compare(
            AlertHashes firing, AlertHashes resolved, AlertHashes toldFiring, AlertHashes toldResolved, boolean old) {
        if (!toldFiring.containsAll(firing)) {
            return new Send(
                    toldFiring.isEmpty() ? NotificationReason.FIRST_NOTIFICATION : NotificationReason.NEW_ALERTS_ADDED);
        }
        if (firing.isEmpty()) {
            return toldFiring.isEmpty()
                    ? new Quiet(Why.NOTHING_TO_TELL)
                    : new Send(NotificationReason.ALL_ALERTS_RESOLVED);
        }
        if (sendResolved && !toldResolved.containsAll(resolved)) {
            return new Send(NotificationReason.SOME_ALERTS_RESOLVED);
        }
        return old ? new Send(NotificationReason.REPEAT_INTERVAL_ELAPSED) : new Quiet(Why.ALREADY_NOTIFIED);
    }
}
