package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The alerts of one group. Written on the hub loop only; any thread may read. */
final class GroupMembers {
    private static final class Member {
        volatile Alert alert;
        volatile AlertState state = AlertState.UNPROCESSED;
        long receivedMillis;

        Member(Alert alert) {
            this.alert = alert;
            this.receivedMillis = alert.updatedAt().toEpochMilli();
        }

        /** A re-send is no new receipt, but an alert that fires again after its end is one. */
        void update(Alert latest) {
            if (alert.resolvedAt(latest.updatedAt())) {
                receivedMillis = latest.updatedAt().toEpochMilli();
            }
            alert = latest;
        }
    }

    /** Copies of one alert on nodes whose clocks differ may differ by what a message takes. */
    private static final long SAME_END_MILLIS = 2000;

    private final Map<LabelSet, Member> members = new ConcurrentHashMap<>(1);
    private long version;
    /** No alert ends before it that fired when {@link #allFireAt} looked last: milliseconds since the epoch. */
    private long fireUntilMillis = Long.MIN_VALUE;

    /** Another number each time that an alert has come or gone. On the hub loop. */
    long version() {
        return version;
    }

    /** Whether there are any and none has ended by {@code now}. Looks at them only if one may have. On the hub loop. */
    boolean allFireAt(Instant now) {
        if (now.toEpochMilli() < fireUntilMillis) {
            return true;
        }
        Instant first = null;
        for (Member member : members.values()) {
            Instant end = member.alert.endsAt();
            if (!end.isAfter(now)) {
                return false;
            }
            first = first == null || end.isBefore(first) ? end : first;
        }
        fireUntilMillis = first == null ? Long.MIN_VALUE : first.toEpochMilli();
        return first != null;
    }

    private void mayEnd(Alert alert) {
        fireUntilMillis = Math.min(fireUntilMillis, alert.endsAt().toEpochMilli());
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    void forEach(BiConsumer<Alert, AlertState> action) {
        for (Member member : members.values()) {
            action.accept(member.alert, member.state);
        }
    }

    /** The alert with these labels, or null. */
    @Nullable Alert find(LabelSet labels) {
        Member known = members.get(labels);
        return known == null ? null : known.alert;
    }

    /** All alerts in the order of notifications; a new list. */
    List<Alert> ordered() {
        List<Alert> alerts = new ArrayList<>(members.size());
        forEach((alert, state) -> alerts.add(alert));
        alerts.sort(new AlertOrder());
        return alerts;
    }

    void add(Alert alert) {
        members.put(alert.labels(), new Member(alert));
        version++;
        mayEnd(alert);
    }

    /** Takes the latest report of an alert, unless the alert is not here: then it answers false. */
    boolean update(Alert alert) {
        Member known = members.get(alert.labels());
        if (known == null) {
            return false;
        }
        known.update(alert);
        mayEnd(alert);
        return true;
    }

    /** When the hub first heard that this alert fires, as far as the group knows. On the hub loop. */
    Instant receivedAt(Alert alert) {
        Member member = members.get(alert.labels());
        return member == null ? alert.updatedAt() : Instant.ofEpochMilli(member.receivedMillis);
    }

    void note(List<Alert> alerts, AlertState state) {
        for (Alert alert : alerts) {
            Member member = members.get(alert.labels());
            if (member != null) {
                member.state = state;
            }
        }
    }

    /**
     * Removes what a flush of this node has told as resolved, unless a newer report came meanwhile.
     *
     * @return what was removed
     */
    List<Alert> forgetTold(GroupFlush flush) {
        List<Alert> removed = new ArrayList<>();
        for (Alert alert : flush.alerts()) {
            if (alert.resolvedAt(flush.at())) {
                Member member = members.get(alert.labels());
                if (member != null && member.alert.updatedAt().equals(alert.updatedAt())) {
                    members.remove(alert.labels());
                    version++;
                    fireUntilMillis = Long.MIN_VALUE;
                    removed.add(alert);
                }
            }
        }
        return removed;
    }

    /** Removes alerts that another node has told as resolved, if they ended when it says: what fires again stays. */
    void forgetTold(List<PeerFlush.Told> told) {
        if (told.isEmpty()) {
            return;
        }
        version++;
        fireUntilMillis = Long.MIN_VALUE;
        members.values().removeIf(member -> {
            for (PeerFlush.Told one : told) {
                if (one.fingerprint() == member.alert.fingerprint()) {
                    long apart = one.endsAtMillis() - member.alert.endsAt().toEpochMilli();
                    return Math.abs(apart) <= SAME_END_MILLIS;
                }
            }
            return false;
        });
    }

    /** Removes what had ended by {@code end}, unless {@code wanted} says that its end is still to be told. */
    void forgetEnded(Instant end, Predicate<LabelSet> wanted) {
        for (Member member : members.values()) {
            if (member.alert.resolvedAt(end)) {
                version++;
                fireUntilMillis = Long.MIN_VALUE;
                members.values().removeIf(each -> each.alert.resolvedAt(end) && !wanted.test(each.alert.labels()));
                return;
            }
        }
    }
}
