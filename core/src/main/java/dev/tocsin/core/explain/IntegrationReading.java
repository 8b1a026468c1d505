package dev.tocsin.core.explain;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.dedup.DedupVerdict;
import dev.tocsin.core.group.GroupMoment;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.journal.NotificationEvent.Attempted.Verdict;
import dev.tocsin.core.label.AlertHash;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.pipeline.IntegrationDecision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one integration has heard of an alert and will hear, read from the decision, the log and the journals. */
final class IntegrationReading {
    private final Captured captured;
    private final Captured.Place place;
    private final Alert alert;
    private final boolean member;
    private final IntegrationDecision decision;
    private final List<HistoryLine> lines;
    private final @Nullable LastNotification last;
    private final boolean toldFiring;
    private final boolean toldResolved;

    /**
     * @param alert as it is stored, or as it would be
     * @param lines the notifications of the integration for the group, newest first
     */
    IntegrationReading(
            Captured captured,
            Captured.Place place,
            Alert alert,
            boolean member,
            IntegrationDecision decision,
            List<HistoryLine> lines) {
        this.captured = captured;
        this.place = place;
        this.alert = alert;
        this.member = member;
        this.decision = decision;
        this.lines = lines;
        KeyState state = decision.state();
        long hash = AlertHash.of(alert.labels());
        this.last = state.heads().isEmpty()
                ? null
                : last(
                        state.heads().getFirst(),
                        captured.node(state.heads().getFirst().node()),
                        hash);
        this.toldFiring = state.listsFiring(hash);
        this.toldResolved =
                state.heads().stream().anyMatch(head -> head.resolved().contains(hash));
    }

    private static LastNotification last(LogEntry head, String node, long hash) {
        return new LastNotification(
                head.sentAt(),
                node,
                head.sequence(),
                head.marked(),
                head.firing().contains(hash),
                head.resolved().contains(hash));
    }

    IntegrationExplanation explanation() {
        Answer answer = alert.resolvedAt(captured.at()) ? ofResolved() : ofFiring();
        DedupVerdict verdict = decision.verdict();
        return new IntegrationExplanation(
                decision.target().name(),
                decision.target().sendResolved(),
                verdict,
                decision.sends(),
                last,
                verdict instanceof DedupVerdict.Quiet quiet ? quiet.repeatAfter() : null,
                doubt(),
                lines.stream()
                        .filter(line -> line.event() instanceof NotificationEvent.Attempted)
                        .limit(Explainer.MAX_ATTEMPTS)
                        .toList(),
                answer.cause(),
                answer.text());
    }

    private record Answer(Cause cause, String text) {}

    private String doubt() {
        KeyState state = decision.state();
        if (!state.maybes().isEmpty()) {
            return "nobody knows whether the receiver accepted claim "
                    + state.maybes().getLast().id() + " of "
                    + captured.node(state.maybes().getLast().id().node());
        }
        return state.uncertain() ? "nodes that did not know of each other have notified" : "";
    }

    private Answer ofFiring() {
        if (toldFiring && last != null) {
            return new Answer(Cause.NOTIFIED, told(last) + repeat());
        }
        if (!decision.sends()) {
            // nothing was decided about it, such as for a group that is muted as a whole
            return new Answer(Cause.WAITING, "is not notified at the next flush");
        }
        return pending("is notified");
    }

    private Answer pending(String what) {
        Answer trouble = trouble();
        return trouble == null ? timer(what) : trouble;
    }

    private static String told(LastNotification last) {
        return "was notified by " + last.node() + " at " + Wording.time(last.at())
                + (last.marked() ? ", marked as a possible repeat" : "");
    }

    private String repeat() {
        return switch (decision.verdict()) {
            case DedupVerdict.Quiet quiet
            when quiet.repeatAfter() != null ->
                ", and the first flush after " + Wording.time(quiet.repeatAfter())
                        + " repeats it if nothing changes before";
            case DedupVerdict.Send send
            when decision.sends() ->
                ", and hears of its group again at the next flush ("
                        + send.reason().text() + ")";
            case null, default -> "";
        };
    }

    /**
     * What failed since the last success, else what a claim waits for; null if nothing is wrong. A claim that waits for
     * another node's attempt is no reason by itself.
     */
    private @Nullable Answer trouble() {
        Answer waits = null;
        for (HistoryLine line : lines) {
            if (last != null && !line.at().isAfter(last.at())) {
                return waits;
            }
            switch (line.event()) {
                case NotificationEvent.Failed failed -> {
                    return failing(line, failed.error());
                }
                case NotificationEvent.HandedOver over -> {
                    return failing(line, over.error() + "; handed over to " + over.member());
                }
                case NotificationEvent.Attempted attempted
                when attempted.verdict() != Verdict.ACCEPTED -> {
                    return failing(line, "attempt " + attempted.attempt() + ": " + attempted.result());
                }
                case NotificationEvent.Held held -> waits = waits == null ? held(line, held) : waits;
                case NotificationEvent.Attempted accepted -> {
                    return waits;
                }
                case NotificationEvent.Delivered delivered -> {
                    return waits;
                }
                default -> {}
            }
        }
        return waits;
    }

    private static Answer held(HistoryLine line, NotificationEvent.Held held) {
        return new Answer(
                Cause.HELD,
                "has been waiting since " + Wording.time(line.at()) + " on " + line.node() + ": " + held.why());
    }

    private Answer failing(HistoryLine line, String error) {
        String where = line.node().isEmpty() ? "" : " by " + line.node();
        GroupMoment moment = place.moment();
        String next = moment == null || moment.state() != GroupMoment.State.IDLE
                ? ""
                : "; the next flush is at " + Wording.time(moment.nextFlush());
        return new Answer(
                Cause.FAILING,
                "could not be notified" + where + " at " + Wording.time(line.at()) + ": " + error + next);
    }

    private Answer timer(String what) {
        GroupMoment moment = place.moment();
        if (moment == null) {
            String wait = Wording.duration(place.route().options().groupWait());
            return new Answer(Cause.WAITING, what + " when its group has gathered alerts for group_wait " + wait);
        }
        if (!moment.running()) {
            return new Answer(Cause.NOT_RUNNING, what + " when the start delay is over");
        }
        if (moment.state() == GroupMoment.State.IDLE) {
            boolean first = last == null && moment.told() == null;
            String which = first
                    ? "group_wait " + Wording.duration(place.route().options().groupWait())
                    : "group_interval "
                            + Wording.duration(place.route().options().groupInterval());
            return new Answer(
                    Cause.WAITING,
                    what + " when its group is due at " + Wording.time(moment.nextFlush()) + " (" + which + ")");
        }
        Instant since = moment.dueSince();
        String due = since == null ? "" : ": its group has been due since " + Wording.time(since);
        if (place.order().isEmpty()) {
            String why = captured.hindrance().isEmpty() ? "no node that answers may notify" : captured.hindrance();
            return new Answer(Cause.HELD, "waits" + due + ", but " + why);
        }
        String turn = place.order().getFirst().isEmpty()
                ? ""
                : ", and it is the turn of " + place.order().getFirst();
        return new Answer(Cause.DUE, what + " now" + due + turn);
    }

    private Answer ofResolved() {
        boolean delivered = delivered(true);
        if (toldResolved || delivered(false)) {
            String by = last == null ? "" : " by " + last.node() + " at " + Wording.time(last.at());
            return decision.target().sendResolved()
                    ? new Answer(Cause.RESOLVED, "was told that it ended" + by)
                    : notSent();
        }
        if (!toldFiring && !delivered) {
            return new Answer(
                    Cause.RESOLVED_BEFORE_FLUSH,
                    "was not notified: the alert ended at " + Wording.time(alert.endsAt())
                            + " before its group was due");
        }
        if (!decision.target().sendResolved()) {
            return notSent();
        }
        return member ? pending("is told that it ended") : new Answer(Cause.RESOLVED, "was notified while it fired");
    }

    private static Answer notSent() {
        return new Answer(Cause.RESOLVED_NOT_SENT, "was notified while it fired and is not told about resolved alerts");
    }

    /** Whether a journal tells that the integration was told of the alert. */
    private boolean delivered(boolean firing) {
        for (HistoryLine line : lines) {
            if (line.event() instanceof NotificationEvent.Delivered event
                    && !line.at().isBefore(alert.startsAt())
                    && (firing ? event.firing() : event.resolved()).contains(captured.fingerprint())) {
                return true;
            }
        }
        return false;
    }
}
