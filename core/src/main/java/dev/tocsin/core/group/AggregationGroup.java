package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.GroupTimer.Tick;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that one route node tells together, and the timer that says when (contract section 5.2). Written on the hub
 * loop only; any thread may read.
 *
 * <p>A group is idle until its timer ends. Then it is due, and stays so until it is this node's turn to flush it or another
 * node has told it; all nodes of a cluster run this same machine. A node without peers flushes at once.
 *
 * <p>The timer is re-armed when a group becomes due, so flushes stand one group interval apart however long they take. A
 * timer that ends while a flush runs, or while the dispatcher is not open yet, leaves one waiting tick; the group is due
 * again when the flush ends, which it does at once if only some of its integrations are slow, or when the dispatcher
 * opens. A group whose last alert was told as resolved is over and never comes back to life; the next alert makes a new one.
 */
public final class AggregationGroup {
    private final GroupContext context;
    private final Route route;
    private final LabelSet labels;
    private final GroupKey key;
    private final GroupId id;
    private final GroupMembers members = new GroupMembers();
    private final FlushCauses causes = new FlushCauses();
    private final RecordedGroup recorded;
    private final FlushComposer composer;
    private final PastFlushes past;
    private final OldNews oldNews;
    private final GroupTimer timer;
    private final Standstill standstill;
    private final UnsaidTick unsaid;
    private RunningFlush running = RunningFlush.ENDED;
    private @Nullable Tick waiting;
    private @Nullable Tick due;
    private @Nullable Tick flushed;
    private boolean open;
    private boolean stopped;
    private volatile boolean over;

    AggregationGroup(GroupContext context, Route route, LabelSet labels, boolean open) {
        this.context = context;
        this.route = route;
        this.labels = labels;
        this.key = new GroupKey(route.groupKey(labels));
        this.id = new GroupId(route.id(), key.text());
        this.recorded = new RecordedGroup(context.journal(), context.events(), route, key.text(), labels);
        this.composer = new FlushComposer(context.clock(), context.routeLabels(), route, labels, key, recorded);
        this.past = new PastFlushes(context.clock());
        this.standstill = new Standstill(context, route, labels, members, recorded);
        this.unsaid = new UnsaidTick(context, this);
        this.oldNews = new OldNews(context, route, key, members, past);
        this.timer = new GroupTimer(context.clock(), context.scheduler(), this::tick);
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

    /** Its name inside the cluster. */
    public GroupId id() {
        return id;
    }

    /** The route labels for the alerts that the group holds at {@code at}; may be empty. */
    public Map<String, String> routeLabels(Instant at) {
        return route.options().labels().isEmpty()
                ? Map.of()
                : context.routeLabels().render(route, labels, members.ordered(), at);
    }

    /** The names of the time intervals that muted the group at its last flush; empty if none did. */
    public List<String> mutedBy() {
        return context.marks().get(id);
    }

    /** Hands every alert and its state to {@code action}, in no order; resolved ones are among them until they are told. */
    public void forEach(BiConsumer<Alert, AlertState> action) {
        members.forEach(action);
    }

    /** Whether its last alert was told as resolved. */
    public boolean isOver() {
        return over;
    }

    /** Whether it is due and nobody has flushed it yet. On the hub loop. */
    public boolean isDue() {
        return due != null;
    }

    /** Whether this node flushes it now. On the hub loop. */
    public boolean isFlushing() {
        return flushed != null;
    }

    /** Whether a flush went well, here or elsewhere, as far as this node knows. On the hub loop. */
    public boolean wasTold() {
        return past.wasTold();
    }

    /** When it was due for the latest flush that went well; only if there was one. On the hub loop. */
    public long toldNanos() {
        return past.toldNanos();
    }

    /** Whether this node has flushed it for a tick that is not older, well or not. On the hub loop. */
    public boolean wasTriedSince(long tickNanos) {
        return past.wasTriedSince(tickNanos);
    }

    /** When its timer ends next, or ended last: a reading of {@code Clock.nanoTime()}. On the hub loop. */
    public long nextDueNanos() {
        return timer.nextNanos();
    }

    /**
     * When it became due, also while it is flushed: a reading of {@code Clock.nanoTime()}; now if it is neither. On the hub
     * loop.
     */
    public long dueSinceNanos() {
        Tick tick = flushed == null ? due : flushed;
        return tick == null ? context.clock().nanoTime() : tick.nanos();
    }

    /** How long it was left to another node before it became due; 0 if it was not, or is not due. On the hub loop. */
    public long graceNanos() {
        return due == null ? 0 : due.graceNanos();
    }

    /** The alert with these labels if it is in the group, else null. */
    public @Nullable Alert find(LabelSet alertLabels) {
        return members.find(alertLabels);
    }

    /** Where it stands now. On the hub loop. */
    public GroupMoment moment() {
        Tick since = flushed == null ? due : flushed;
        return new GroupMoment(
                GroupMoment.State.of(flushed != null, due != null),
                timer.nextAt(),
                since == null ? null : since.at(),
                past.toldAt(),
                open && !stopped,
                oldNews.end());
    }

    /**
     * What a flush would be given now. Any thread may ask.
     *
     * @param moment where the group stands
     * @param tick when it is due
     * @param more an alert that is not there, to see what would be if it were; null for none
     */
    public GroupFlush preview(GroupMoment moment, Instant tick, @Nullable Alert more) {
        return composer.preview(oldNews.leaveOut(members.ordered(), moment.oldNews()), tick, more);
    }

    /** Takes the alert that makes the group and sets the timer: at once for an alert older than the group wait. */
    void begin(Alert first) {
        add(first);
        Duration wait = route.options().groupWait();
        boolean old = first.startsAt().plus(wait).isBefore(context.clock().now());
        timer.armIn(old ? Duration.ZERO : wait);
    }

    /**
     * Takes the latest report of an alert that is in the group.
     *
     * @return false if it is not
     */
    boolean update(Alert alert) {
        causes.reported(context.flusher().cause(), members, alert);
        boolean known = members.update(alert);
        if (known) {
            unsaid.reported(alert);
            recorded.grouped(alert);
        }
        return known;
    }

    /** Takes an alert that is not in the group. Never shortens the wait. */
    void add(Alert alert) {
        members.add(alert);
        unsaid.news();
        causes.entered(context.flusher().cause());
        recorded.grouped(alert);
    }

    /** Lets the group become due, at once if its timer has ended. */
    void open() {
        open = true;
        proceed();
    }

    /** Ends timer and flush; the group does nothing from now on. */
    void stop() {
        stopped = true;
        timer.cancel();
        running.cancel();
    }

    private void tick() {
        waiting = timer.ended();
        if (flushed != null) {
            running.dueAgain();
        }
        proceed();
    }

    private void proceed() {
        Tick tick = waiting;
        if (tick == null || !open || flushed != null || stopped) {
            return;
        }
        waiting = null;
        if (due != null) {
            timer.armIn(route.options().groupInterval());
            return;
        }
        due = tick;
        boolean ours = context.turns().isOurs(this);
        if (ours ? standstill.repeats(tick) : context.turns().isInformed() && standstill.isKnown(tick)) {
            rest(tick, ours);
            return;
        }
        timer.armIn(route.options().groupInterval());
        if (ours) {
            flush();
        } else {
            context.turns().leave(this);
        }
    }

    /** There is nothing to tell at this tick. */
    private void rest(Tick tick, boolean ours) {
        due = null;
        timer.armAgain(route.options().groupInterval(), !ours);
        if (ours) {
            past.tried(tick.nanos(), true);
            unsaid.rested(tick);
        }
    }

    /** Flushes now, as though its timer had ended if it is not due. Does nothing while a flush runs. On the hub loop. */
    public void flush() {
        if (!open || flushed != null || stopped || over) {
            return;
        }
        Tick tick = due;
        if (tick == null) {
            tick = timer.now();
            timer.armIn(route.options().groupInterval());
        }
        due = null;
        oldNews.forget();
        if (members.isEmpty()) {
            end(tick, true, List.of());
            return;
        }
        begin(tick);
    }

    private void begin(Tick tick) {
        GroupFlush flush = composer.compose(members, tick.at(), causes.take());
        flushed = tick;
        recorded.begun(flush);
        RunningFlush handle = context.flusher().flush(flush, result -> flushed(tick, flush, result));
        running = flushed == null ? RunningFlush.ENDED : handle;
    }

    private void flushed(Tick tick, GroupFlush flush, FlushResult result) {
        flushed = null;
        running = RunningFlush.ENDED;
        if (stopped) {
            return;
        }
        if (result.mutedBy() != null) {
            context.marks().set(id, result.mutedBy());
        }
        members.note(flush.alerts(), AlertState.ACTIVE);
        members.note(result.suppressed(), AlertState.SUPPRESSED);
        List<Alert> removed = result.ok() ? members.forgetTold(flush) : List.of();
        standstill.flushed(result);
        recorded.left(removed);
        end(tick, result.ok(), removed);
        proceed();
    }

    private void end(Tick tick, boolean ok, List<Alert> removed) {
        past.tried(tick.nanos(), ok);
        if (members.isEmpty()) {
            over();
        }
        unsaid.said(tick);
        context.turns().ended(this, new GroupTurn(tick.nanos(), ok, over, removed));
    }

    private void over() {
        over = true;
        due = null;
        waiting = null;
        timer.cancel();
    }

    /**
     * Learns that another node has told the group: what it has removed goes here too, the timer follows the other node's,
     * and the group is not due any more unless it became so after that flush had begun. On the hub loop.
     */
    public void told(PeerFlush flush) {
        if (stopped || over) {
            return;
        }
        members.forgetTold(flush.told());
        boolean newer = past.told(flush.tickNanos());
        if (flushed != null) {
            return;
        }
        oldNews.forget();
        boolean covers = due == null ? newer : PastFlushes.covers(flush.tickNanos(), due.nanos());
        if (covers) {
            causes.take();
        }
        if (members.isEmpty()) {
            over();
        } else if (covers && flush.over()) {
            // what is left here came too late there, where it makes a new group
            due = null;
            waiting = null;
            timer.armIn(route.options().groupWait());
        } else if (covers) {
            follow(flush);
        }
    }

    /**
     * Takes over the timer of another node because this one has just started, or has slept: what it calls due is not. On
     * the hub loop.
     *
     * @param told whether the flush went well; otherwise only its timer counts
     */
    public void join(PeerFlush flush, boolean told) {
        if (stopped || over || flushed != null) {
            return;
        }
        if (told) {
            members.forgetTold(flush.told());
            past.told(flush.tickNanos());
            oldNews.forget();
        }
        if (members.isEmpty()) {
            over();
        } else if (!flush.over()) {
            follow(flush);
        }
    }

    /** Whether it waits for the word of the node that told it last for a while after it is due. On the hub loop. */
    public boolean hasGrace() {
        return timer.hasGrace();
    }

    /** Waits for nobody: becomes due when it is, or at once. On the hub loop. */
    public void endGrace() {
        timer.endGrace();
    }

    private void follow(PeerFlush flush) {
        due = null;
        waiting = null;
        long late = context.clock().nanoTime() - flush.nextDueNanos();
        if (late > 0) {
            timer.cancel();
            waiting = timer.ago(late);
            proceed();
        } else {
            timer.follow(Math.min(-late, route.options().groupInterval().toNanos()));
        }
    }
}
