package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that one route node tells together, and the timer that says when (contract section 5.2). Written on the hub
 * loop only; any thread may read.
 *
 * <p>The timer is re-armed when a flush begins, so flushes stand one group interval apart however long they take. A timer
 * that ends while a flush runs, or while the dispatcher is not open yet, leaves one waiting tick; the flush it asks for
 * begins when the other ends, or when the dispatcher opens. A group whose last alert was told as resolved is over and
 * never comes back to life; the next alert makes a new one.
 */
public final class AggregationGroup {
    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(10);

    /** What the groups of one dispatcher share. */
    record Context(Clock clock, Scheduler scheduler, GroupFlusher flusher, TimeMuteMarks marks, Journal journal) {}

    private static final class Member {
        volatile Alert alert;
        volatile AlertState state = AlertState.UNPROCESSED;

        Member(Alert alert) {
            this.alert = alert;
        }
    }

    private final Context context;
    private final Route route;
    private final LabelSet labels;
    private final GroupKey key;
    private final TimeMuteMarks.Key mark;
    private final Map<LabelSet, Member> members = new ConcurrentHashMap<>(1);
    private Cancellable timer = Cancellable.NONE;
    private Cancellable running = Cancellable.NONE;
    private @Nullable Instant waitingTick;
    private boolean open;
    private boolean flushing;
    private boolean stopped;
    private volatile boolean over;

    AggregationGroup(Context context, Route route, LabelSet labels, boolean open) {
        this.context = context;
        this.route = route;
        this.labels = labels;
        this.key = new GroupKey(route.groupKey(labels));
        this.mark = new TimeMuteMarks.Key(route.id(), key.text());
        this.open = open;
    }

    /** The node that made the group. */
    public Route route() {
        return route;
    }

    /** The labels that all its alerts share by grouping; may be empty. */
    public LabelSet labels() {
        return labels;
    }

    /** Its name for receivers and the notification log. */
    public GroupKey key() {
        return key;
    }

    /** Rendered route labels; may be empty. */
    public Map<String, String> routeLabels() {
        return route.options().labels();
    }

    /** The names of the time intervals that muted the group at its last flush; empty if none did. */
    public List<String> mutedBy() {
        return context.marks().get(mark);
    }

    /** Hands every alert and its state to {@code action}, in no order; resolved ones are among them until they are told. */
    public void forEach(BiConsumer<Alert, AlertState> action) {
        for (Member member : members.values()) {
            action.accept(member.alert, member.state);
        }
    }

    /** Whether its last alert was told as resolved. */
    public boolean isOver() {
        return over;
    }

    TimeMuteMarks.Key mark() {
        return mark;
    }

    /** Takes the alert that makes the group and sets the timer: at once for an alert older than the group wait. */
    void begin(Alert first) {
        members.put(first.labels(), new Member(first));
        Duration wait = route.options().groupWait();
        boolean old = first.startsAt().plus(wait).isBefore(context.clock().now());
        timer = context.scheduler().schedule(old ? Duration.ZERO : wait, this::tick);
    }

    /**
     * Takes the latest report of an alert. Never shortens the wait.
     *
     * @return whether the alert was not in the group
     */
    boolean put(Alert alert) {
        Member known = members.get(alert.labels());
        if (known != null) {
            known.alert = alert;
            return false;
        }
        members.put(alert.labels(), new Member(alert));
        return true;
    }

    /** Lets flushes begin, those that are due at once. */
    void open() {
        open = true;
        flushWaiting();
    }

    /** Ends timer and flush; the group does nothing from now on. */
    void stop() {
        stopped = true;
        timer.cancel();
        running.cancel();
    }

    private void tick() {
        waitingTick = context.clock().now();
        flushWaiting();
    }

    private void flushWaiting() {
        Instant tick = waitingTick;
        if (tick == null || !open || flushing || stopped) {
            return;
        }
        waitingTick = null;
        Duration interval = route.options().groupInterval();
        timer = context.scheduler().schedule(interval, this::tick);
        List<Alert> alerts = new ArrayList<>(members.size());
        forEach((alert, state) -> alerts.add(alert));
        alerts.sort(new AlertOrder());
        Duration timeout = interval.compareTo(LEAST_TIMEOUT) > 0 ? interval : LEAST_TIMEOUT;
        GroupFlush flush = new GroupFlush(
                route,
                key.text(),
                labels,
                routeLabels(),
                alerts,
                tick,
                context.clock().now(),
                timeout);
        flushing = true;
        tell(flush);
        Cancellable handle = context.flusher().flush(flush, result -> flushed(flush, result));
        running = flushing ? handle : Cancellable.NONE;
    }

    private void tell(GroupFlush flush) {
        List<Alert> firing = new ArrayList<>();
        List<Alert> resolved = new ArrayList<>();
        for (Alert alert : flush.alerts()) {
            (alert.resolvedAt(flush.at()) ? resolved : firing).add(alert);
        }
        context.journal()
                .append(new GroupEvent.Flushed(
                        key.text(), route.options().receiver(), Fingerprints.of(firing), Fingerprints.of(resolved)));
    }

    private void flushed(GroupFlush flush, FlushResult result) {
        flushing = false;
        running = Cancellable.NONE;
        if (stopped) {
            return;
        }
        if (result.mutedBy() != null) {
            context.marks().set(mark, result.mutedBy());
        }
        note(flush.alerts(), AlertState.ACTIVE);
        note(result.suppressed(), AlertState.SUPPRESSED);
        if (result.ok()) {
            forgetResolved(flush);
        }
        if (members.isEmpty()) {
            over = true;
            timer.cancel();
        } else {
            flushWaiting();
        }
    }

    private void note(List<Alert> alerts, AlertState state) {
        for (Alert alert : alerts) {
            Member member = members.get(alert.labels());
            if (member != null) {
                member.state = state;
            }
        }
    }

    /** Removes what was told as resolved, unless a newer report came meanwhile. */
    private void forgetResolved(GroupFlush flush) {
        for (Alert alert : flush.alerts()) {
            if (alert.resolvedAt(flush.at())) {
                Member member = members.get(alert.labels());
                if (member != null && member.alert.updatedAt().equals(alert.updatedAt())) {
                    members.remove(alert.labels());
                }
            }
        }
    }
}
