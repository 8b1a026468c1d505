package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Heartbeat;
import dev.tocsin.cluster.proto.Hello;
import dev.tocsin.cluster.proto.RememberedMembers;
import dev.tocsin.core.hub.HubStatus;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members by own heartbeats, connections and hellos (PROTOCOL sections 1, 2 and 7).
 *
 * <p>A peer is live while it answers heartbeats on a connection on which its hello was read. It counts as known if it is
 * configured, if it was seen not long ago, or if a live peer counts it. Whoever did not say goodbye is forgotten only by a
 * majority: the nodes on the small side of a partition never come to think that they are all there is.
 *
 * <p>Written on the hub loop only; any thread may read {@link #peers}. Bounded at {@link Register#MOST} members.
 */
public final class MemberTable implements Members, Part {
    /** How many heartbeats apart hellos are said again, and the file is written. */
    private static final int BEATS_PER_NOTE = 40;

    private final ClusterContext context;
    private final Clock clock;
    private final MemberFile file;
    private final Register register;
    private final Hellos hellos;
    private final MemberReport report;
    private final ClockCheck clocks;
    private final StallWatch stalls;
    private final Warmth warmth;
    private final Listeners listeners;
    private final @Nullable Instant lastAlive;
    private final Heartbeats heartbeats;
    private final Lookout lookout;
    private Cancellable timer = Cancellable.NONE;
    private int ticks;

    /**
     * Reads what the disk remembers; blocks. The node is cold.
     *
     * @throws IOException if the disk cannot be read
     */
    public MemberTable(ClusterContext context, Storage storage, Workers workers) throws IOException {
        this.context = context;
        this.clock = context.clock();
        this.file = new MemberFile(storage, workers);
        this.heartbeats = new Heartbeats(clock, context.timings());
        this.stalls = new StallWatch(clock, context.timings());
        this.listeners = new Listeners(context.loop());
        RememberedMembers remembered = file.read();
        this.lastAlive = remembered.getAliveAtMs() == 0 ? null : Instant.ofEpochMilli(remembered.getAliveAtMs());
        this.register = new Register(context, remembered);
        this.report = new MemberReport(context.journal(), context.metrics());
        this.warmth = new Warmth(context, stalls, report);
        this.hellos = new Hellos(context, register, warmth, remembered);
        this.clocks = new ClockCheck(context, register, report);
        this.lookout = new Lookout(context, register, hellos, warmth, stalls, clocks, report, listeners);
        new MemberMetrics(context.metrics(), this);
    }

    /** Begins to send heartbeats. The transport should be started first. */
    public void start() {
        stalls.start();
        tick();
    }

    /** Falls silent. */
    public void stop() {
        timer.cancel();
        remember();
    }

    /** When this node was last alive before this start, by its own clock; null if it never was or forgot. */
    public @Nullable Instant lastAlive() {
        return lastAlive;
    }

    /** Says that a configuration is in force. Another one than before gets the highest generation seen plus one. */
    public void configured(String hash) {
        if (hellos.configured(hash)) {
            remember();
            lookout.announce();
            lookout.refresh();
        }
    }

    /** Says that this node is about to leave: it is not eligible any more. */
    public void drain() {
        hellos.draining = true;
        remember();
        lookout.announce();
    }

    @Override
    public void becomeWarm(Set<String> notAsked) {
        if (warmth.gain(notAsked)) {
            lookout.announce();
        }
    }

    private void wake() {
        if (warmth.wake()) {
            lookout.announce();
        }
    }

    private void tick() {
        wake();
        stalls.tick();
        boolean note = ticks++ % BEATS_PER_NOTE == 0;
        Set<String> missed = lookout.view().missed();
        for (Member member : register.all()) {
            if (member.connected) {
                if (note || !member.greeted || member.answeredNanos == null) {
                    hellos.greet(member);
                }
                context.transport().send(member.name, heartbeats.next(member, missed));
            }
        }
        if (note) {
            remember();
        }
        lookout.refresh();
        timer = context.loop().schedule(context.timings().ping(), this::tick);
    }

    /**
     * There is a new connection to {@code peer}. If its hello came just before, over its own connection, it counts: the
     * peer goes on being live, and can be told something from now on. One that came more than a ping ago, or over the
     * connection before, may be of a process that is over.
     */
    public void connected(String peer) {
        Member member = member(peer);
        if (member == null) {
            return;
        }
        boolean first = !member.reachable
                && member.greeted
                && member.answeredSince(
                        clock.nanoTime() - context.timings().ping().toNanos());
        if (!first) {
            member.disconnected();
        }
        member.connected = true;
        member.reachable = true;
        member.refusedNanos = null;
        hellos.greet(member);
        if (first) {
            lookout.refresh();
            reconnected(member);
        }
    }

    /** It is heard. Before it can be told something, too, that is no news for anybody. */
    private void reconnected(Member member) {
        if (member.reachable && !member.clockOff) {
            listeners.reconnected(member.name);
        }
    }

    /** The connection to {@code peer} is gone. */
    public void disconnected(String peer) {
        Member member = register.find(peer);
        if (member != null) {
            member.disconnected();
            clocks.forget(member);
            lookout.refresh();
        }
    }

    /** The host of {@code peer} answers, but nothing listens there. */
    public void refused(String peer) {
        Member member = member(peer);
        if (member != null && !member.connected) {
            member.refused(clock, context.timings().suspect());
            lookout.refresh();
        }
    }

    /** An attempt to connect to {@code peer} failed, but nobody said that nothing listens there. */
    public void unanswered(String peer) {
        Member member = register.find(peer);
        if (member != null && member.refusedNanos != null) {
            member.refusedNanos = null;
            lookout.refresh();
        }
    }

    private @Nullable Member member(String name) {
        Member member = register.meet(name);
        if (member == null && !name.equals(context.node())) {
            report.tooMany(name);
        }
        return member;
    }

    @Override
    public boolean take(String peer, Envelope message) {
        switch (message.getBodyCase()) {
            case HELLO -> hello(peer, message.getHello());
            case HEARTBEAT -> heartbeat(peer, message.getHeartbeat());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void heartbeat(String peer, Heartbeat beat) {
        Member member = register.find(peer);
        if (member == null) {
            return;
        }
        Duration trip = heartbeats.read(member, beat);
        if (trip != null) {
            answered(member, beat.getSentAtWallMs(), trip);
        }
        if (beat.getAsks()) {
            context.transport()
                    .send(peer, heartbeats.answer(member, lookout.view().missed()));
        }
    }

    private void answered(Member member, long wallMs, Duration trip) {
        boolean news = member.answeredNanos == null;
        member.answered(clock.nanoTime());
        boolean turned = clocks.read(member, wallMs, trip);
        if (member.greeted && (news || turned || !lookout.view().live().contains(member.name))) {
            lookout.refresh();
        }
        if (turned && member.greeted) {
            reconnected(member);
        }
    }

    private void hello(String peer, Hello hello) {
        Member member = member(peer);
        if (member == null || !hellos.believed(member, hello, report)) {
            return;
        }
        Info before = member.info;
        Info now = Hellos.read(peer, hello);
        if (hellos.isOfThePast(member, before, now, report)) {
            return;
        }
        boolean met = !member.greeted;
        if (met) { // a later one may have waited while this node stood still
            clocks.read(member, hello.getSentAtWallMs(), Duration.ZERO);
        }
        member.hello(now, hello.getKnownList(), clock.nanoTime());
        boolean restarted = register.restarted(before, now);
        register.endNamesakes(member, context.transport().peers());
        lookout.refresh();
        if (restarted) {
            listeners.restarted(peer, now.incarnation());
        }
        if (met) {
            remember();
            reconnected(member);
        }
        if (!now.equals(before)) {
            listeners.changed();
        }
        if (hello.getAsks()) {
            hellos.greet(member);
        }
    }

    private void remember() {
        file.write(hellos.remembered());
    }

    /** The peers that answer, sorted by name, with their addresses; this node left out. Any thread may call it. */
    public List<HubStatus.Peer> peers() {
        return lookout.peers();
    }

    /** What this node sees; any thread may call it. */
    MemberView view() {
        return lookout.view();
    }

    /** How many live peers have another configuration than this node; any thread may call it. */
    int otherConfigs() {
        return lookout.otherConfigs();
    }

    /** Whether this node was warm last; any thread may call it. */
    boolean wasWarm() {
        return warmth.wasWarm();
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public String self() {
        return context.node();
    }

    @Override
    public @Nullable Info info(String node) {
        if (node.equals(context.node())) {
            return hellos.own();
        }
        Member member = register.find(node);
        return member == null ? null : member.info;
    }

    @Override
    public boolean isCutOff(String peer) {
        return lookout.isCutOff(register.find(peer));
    }

    @Override
    public Set<String> live() {
        return lookout.view().live();
    }

    @Override
    public boolean deadNow(String node) {
        Member member = register.find(node);
        return member != null && MemberView.dead(member, context, clock.nanoTime());
    }

    @Override
    public Set<String> known() {
        return lookout.view().known();
    }

    @Override
    public List<String> eligible(String groupKey) {
        return Rendezvous.rank(lookout.eligible().nodes(), groupKey);
    }

    @Override
    public boolean isFirst(String groupKey) {
        return self().equals(lookout.eligible().first(groupKey));
    }

    @Override
    public List<String> ranking(String groupKey) {
        return Rendezvous.rank(lookout.view().known(), groupKey);
    }

    @Override
    public boolean gone(long replica, int incarnation) {
        return register.gone(replica, incarnation);
    }

    @Override
    public boolean warm() {
        return warmth.warm();
    }

    /** Something of {@code peer} has come. Returns whether it may be taken: it may not if the peer's clock is far off. */
    boolean heard(String peer) {
        wake();
        Member member = register.find(peer);
        return member == null || !member.clockOff;
    }

    @Override
    public Unasked lostFromSight() {
        return register.lostFromSight(lookout.view());
    }

    @Override
    public boolean clockIsWrong() {
        return warmth.clockIsWrong();
    }

    @Override
    public @Nullable Duration ahead(String peer) {
        Member member = register.find(peer);
        return member == null || !member.offset.known() ? null : Duration.ofMillis(member.aheadMs);
    }

    @Override
    public Unasked unasked() {
        return warmth.unasked();
    }

    @Override
    public boolean draining() {
        return hellos.draining;
    }
}
