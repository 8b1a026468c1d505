package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.NudgeAnswer;
import dev.tocsin.cluster.proto.TakeOver;
import dev.tocsin.cluster.proto.TickDone;
import dev.tocsin.cluster.proto.TickDones;
import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Courier;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.cluster.protocol.Part;
import dev.tocsin.cluster.protocol.PromisedGroups;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.cluster.protocol.Schedule;
import dev.tocsin.core.group.AggregationGroup;
import dev.tocsin.core.group.Dispatcher;
import dev.tocsin.core.group.GroupId;
import dev.tocsin.core.group.GroupTurn;
import dev.tocsin.core.group.PeerFlush;
import dev.tocsin.core.group.Turns;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.replicate.PeerClock;
import dev.tocsin.core.store.AlertStore;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shares the groups among the nodes (PROTOCOL sections 4 and 8). The best-ranked eligible node flushes a due group at once;
 * the others keep a note until they hear that it was told. A note that nobody clears makes its node ask, and then flush
 * itself: the claims keep that safe.
 *
 * <p>Used on the hub loop only. Bounded by the groups.
 */
public final class SharedTurns implements Turns, Part, Schedule {
    /** How long a node waits for its own reload when another one has a newer configuration. */
    static final Duration RELOAD_PATIENCE = Duration.ofSeconds(60);

    /** How long after the end of a claim without outcome the next node begins: the same node may only be asking anew. */
    static final Duration FREED_PATIENCE = Duration.ofMillis(150);

    /** Nodes that would all begin at once do so this long after each other, in the order of their ranks. */
    static final Duration RANK_STEP = Duration.ofMillis(100);

    /**
     * How long a node may keep for itself that there is nothing to tell of a group: by then clocks that run at different
     * speeds have come some thirty milliseconds apart.
     */
    static final Duration LONGEST_UNSAID = Duration.ofMinutes(5);

    /** How many nudges are sent in one round of the notes. */
    private static final int NUDGES_AT_ONCE = 200;

    private final ClusterContext context;
    private final Members members;
    private final PromisedGroups promises;
    private final TickCodec codec;
    private final TickNews news;
    private final Nudges nudges;
    private final GroupSchedule schedule;
    private final DueNotes notes;
    private final TurnMetrics metrics;
    private @Nullable Dispatcher dispatcher;
    private boolean warm;

    /**
     * No groups yet.
     *
     * @param promises what this node has promised to others
     * @param parcels lets a nudge bring the group's alerts
     * @param alerts and {@code log}: what other nodes have told as firing and has resolved here is told again
     */
    public SharedTurns(
            ClusterContext context,
            Members members,
            Courier courier,
            PromisedGroups promises,
            AlertParcels parcels,
            AlertStore alerts,
            NotificationLog log) {
        this.context = context;
        this.members = members;
        this.promises = promises;
        this.codec = new TickCodec(context.clock());
        this.news = new TickNews(context, members, courier, codec);
        this.nudges = new Nudges(members, courier, parcels, codec, context.clock());
        this.schedule = new GroupSchedule(members, codec);
        this.notes = new DueNotes(context, this::look);
        this.metrics = new TurnMetrics(context.metrics(), notes::size);
        this.warm = members.warm();
        members.listen(this::membersChanged);
        promises.listen(this::freed);
        if (context.has(Rule.ADOPT)) {
            log.listen(new Adoption(context.loop(), alerts, context.clock()::now, () -> dispatcher, metrics));
        }
    }

    @Override
    public void began(Dispatcher next) {
        notes.clear();
        dispatcher = next;
    }

    @Override
    public void stopped(Dispatcher last) {
        if (dispatcher == last) {
            notes.stop();
            news.send();
            dispatcher = null;
        }
    }

    @Override
    public boolean areShared() {
        return true;
    }

    @Override
    public boolean isOurs(AggregationGroup group) {
        boolean first = isFirst(group);
        metrics.tick(first && group.graceNanos() == 0);
        if (first && group.graceNanos() > 0) {
            // it was due before this node became the first
            taken(group, TurnCause.FIRST, group.graceNanos());
        }
        return first;
    }

    @Override
    public void leave(AggregationGroup group) {
        notes.add(group);
    }

    @Override
    public boolean isInformed() {
        return members.warm();
    }

    private boolean isFirst(AggregationGroup group) {
        return members.isFirst(group.id().groupKey());
    }

    @Override
    public void ended(AggregationGroup group, GroupTurn turn) {
        notes.remove(group);
        if (context.has(Rule.TICK_DONE)) {
            news.add(group, turn);
        }
    }

    @Override
    public boolean isSaid(AggregationGroup group, long unsaidNanos) {
        return unsaidNanos >= LONGEST_UNSAID.toNanos() || !Peers.areAlike(members);
    }

    private void take(AggregationGroup group, TurnCause cause) {
        DueNote note = notes.find(group.id());
        notes.remove(group);
        if (group.isFlushing()) {
            return;
        }
        taken(group, cause, note == null ? 0 : context.clock().nanoTime() - note.dueNanos);
        group.flush();
    }

    private void taken(AggregationGroup group, TurnCause cause, long dueNanos) {
        metrics.taken(cause, dueNanos);
        context.journal()
                .append(new GroupEvent.TurnTaken(
                        group.key().text(), group.route().options().receiver(), cause.text()));
    }

    private void membersChanged() {
        boolean nowWarm = members.warm();
        if (nowWarm && !warm) {
            notes.renew();
        }
        warm = nowWarm;
        if (warm) {
            for (DueNote note : notes.all()) {
                if (isFirst(note.group)) {
                    take(note.group, TurnCause.FIRST);
                }
            }
        }
        if (dispatcher != null) {
            dispatcher.forEachGroup(this::endGraceIfFirst);
        }
    }

    /** Whoever is first waits for nobody's word. */
    private void endGraceIfFirst(AggregationGroup group) {
        if (group.hasGrace() && isFirst(group)) {
            group.endGrace();
        }
    }

    /** Looks after notes that have become old. */
    private void look() {
        if (!members.warm() || members.draining() || !context.has(Rule.NUDGE_AND_ESCALATE)) {
            return;
        }
        long now = context.clock().nanoTime();
        int asked = 0;
        for (DueNote note : notes.all()) {
            if (now - note.sinceNanos < context.timings().nudge().toNanos()) {
                break;
            }
            AggregationGroup group = note.group;
            String receiver = group.route().options().receiver();
            if (promises.promised(group.id().groupKey(), receiver)) {
                continue;
            }
            List<String> eligible = members.eligible(group.id().groupKey());
            if (now - note.escalateNanos >= step(eligible)) {
                take(group, TurnCause.SILENCE);
            } else if (now - note.nextNudgeNanos >= 0 && asked < NUDGES_AT_ONCE && !eligible.isEmpty()) {
                asked++;
                metrics.nudged();
                note.nextNudgeNanos = now + context.timings().nudge().toNanos();
                nudges.ask(eligible.getFirst(), group);
            }
        }
    }

    /** How much later than the first of those that wait this node begins. */
    private long step(List<String> eligible) {
        return RANK_STEP.toNanos() * Math.max(0, eligible.indexOf(members.self()) - 1);
    }

    private void freed(LogKey key) {
        Dispatcher current = dispatcher;
        if (current == null || notes.isEmpty()) {
            return;
        }
        for (AggregationGroup group : current.find(key.groupKey(), key.receiver())) {
            DueNote note = notes.find(group.id());
            if (note != null) {
                Duration wait = FREED_PATIENCE.plusNanos(
                        step(members.eligible(group.id().groupKey())));
                context.loop().schedule(wait, () -> takeFreed(note));
            }
        }
    }

    private void takeFreed(DueNote note) {
        GroupId id = note.group.id();
        boolean waits = notes.find(id) == note;
        if (waits
                && members.warm()
                && !members.draining()
                && !promises.promised(
                        id.groupKey(), note.group.route().options().receiver())) {
            take(note.group, TurnCause.FREED);
        }
    }

    @Override
    public boolean take(String peer, Envelope message) {
        switch (message.getBodyCase()) {
            case TICKS_DONE -> ticksDone(peer, message.getTicksDone());
            case NUDGE -> nudges.answer(peer, message.getNudge(), dispatcher, group -> take(group, TurnCause.NUDGED));
            case NUDGE_ANSWER -> answered(peer, message.getNudgeAnswer());
            case TAKE_OVER -> takeOver(message.getTakeOver());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void ticksDone(String peer, TickDones ticks) {
        PeerClock theirs = codec.peerClock(ticks.getSentAtWallMs());
        boolean mayLack = mayLackOurs(peer, ticks.getConfigHash());
        for (TickDone done : ticks.getDoneList()) {
            String hash = done.getConfigHash();
            tickDone(done, theirs, hash.isEmpty() ? mayLack : mayLackOurs(peer, hash));
        }
    }

    private void tickDone(TickDone done, PeerClock theirs, boolean mayLackOurs) {
        AggregationGroup group = find(TickCodec.id(done));
        if (group == null || !done.getOk()) {
            return;
        }
        if (mayLackOurs) {
            if (group.isDue() && members.warm() && !members.draining()) {
                take(group, TurnCause.CONFIGURATION);
            }
            return;
        }
        told(group, codec.read(done, theirs));
    }

    private void told(AggregationGroup group, PeerFlush flush) {
        boolean told = group.isDue() || isOlder(group, flush);
        group.told(flush);
        if (!told) {
            metrics.tick(false); // it was told before it was due here
        }
        forgetNoteUnlessDue(group);
        endGraceIfFirst(group);
    }

    private static boolean isOlder(AggregationGroup group, PeerFlush flush) {
        return group.wasTold() && flush.tickNanos() - group.toldNanos() <= 0;
    }

    private @Nullable AggregationGroup find(GroupId id) {
        return dispatcher == null ? null : dispatcher.find(id);
    }

    /** Whether a flush under another configuration may have left out receivers that ours has: ours is not the older one. */
    private boolean mayLackOurs(String peer, String hash) {
        return !hash.equals(Peers.configHash(members, members.self()))
                && Peers.configGeneration(members, peer) <= Peers.configGeneration(members, members.self());
    }

    private void answered(String peer, NudgeAnswer answer) {
        GroupId id = new GroupId(answer.getRoute(), answer.getGroupKey());
        DueNote note = notes.find(id);
        if (note == null) {
            return;
        }
        switch (answer.getAnswerCase()) {
            case DONE -> {
                TickDone done = answer.getDone();
                tickDone(done, PeerClock.OURS, mayLackOurs(peer, done.getConfigHash()));
            }
            case UNKNOWN_ROUTE -> unknownRoute(note, answer.getUnknownRoute().getConfigGeneration());
            case BUSY ->
                note.nextNudgeNanos =
                        context.clock().nanoTime() + context.timings().nudge().toNanos();
            case ANSWER_NOT_SET -> {}
        }
    }

    private void unknownRoute(DueNote note, long generation) {
        if (generation > Peers.configGeneration(members, members.self())) {
            long patience = note.sinceNanos + RELOAD_PATIENCE.toNanos();
            note.nextNudgeNanos = patience;
            note.escalateNanos = patience;
        } else if (members.warm() && !members.draining()) {
            take(note.group, TurnCause.CONFIGURATION);
        }
    }

    private void takeOver(TakeOver message) {
        Dispatcher current = dispatcher;
        if (current == null || !members.warm() || members.draining()) {
            return;
        }
        AggregationGroup named = find(new GroupId(message.getRoute(), message.getGroupKey()));
        List<AggregationGroup> groups =
                named == null ? current.find(message.getGroupKey(), message.getReceiver()) : List.of(named);
        long tick = codec.nanos(message.getTickAgeMs());
        for (AggregationGroup group : groups) {
            if (group.isDue() || !group.wasTold() || group.toldNanos() - tick < 0) {
                take(group, TurnCause.TAKE_OVER);
            }
        }
    }

    @Override
    public Iterator<TickDone> entries() {
        return schedule.entries(dispatcher);
    }

    @Override
    public void learn(String peer, List<TickDone> entries) {
        for (TickDone done : entries) {
            AggregationGroup group = find(TickCodec.id(done));
            if (group == null || mayLackOurs(peer, done.getConfigHash())) {
                continue;
            }
            PeerFlush flush = codec.read(done, PeerClock.OURS);
            if (!members.warm()) {
                group.join(flush, done.getOk());
                forgetNoteUnlessDue(group);
                endGraceIfFirst(group);
            } else if (done.getOk()) {
                told(group, flush);
            }
        }
    }

    private void forgetNoteUnlessDue(AggregationGroup group) {
        if (!group.isDue()) {
            notes.remove(group);
        }
    }
}
