package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Hello;
import dev.tocsin.cluster.proto.Ping;
import dev.tocsin.cluster.proto.Pong;
import dev.tocsin.cluster.proto.RememberedMember;
import dev.tocsin.cluster.proto.RememberedMembers;
import dev.tocsin.core.hub.HubStatus;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members by own pings, connections and hellos (PROTOCOL sections 1, 2 and 7).
 *
 * <p>A peer is live while it answers pings on a connection on which its hello was read. It counts as known if it is
 * configured, if it was seen not long ago, or if a live peer counts it. Whoever did not say goodbye is forgotten only by a
 * majority: the nodes on the small side of a partition never come to think that they are all there is.
 *
 * <p>Written on the hub loop only; any thread may read {@link #peers}. Bounded at {@link #MOST} members.
 */
public final class MemberTable implements Members, Part {
    /** More members than this are not let in. */
    static final int MOST = 128;

    /** The version of the protocol that this node speaks. */
    static final int PROTOCOL = 1;

    /** How many pings apart hellos are said again, and the file is written. */
    private static final int PINGS_PER_NOTE = 40;

    private static final Logger log = LoggerFactory.getLogger(MemberTable.class);

    private final ClusterContext context;
    private final Clock clock;
    private final MemberFile file;
    private final Map<String, Member> members = new TreeMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Ended ended = new Ended();
    private final @Nullable Instant lastAlive;
    private final long startNanos;
    private volatile MemberView view;
    private volatile List<HubStatus.Peer> peers = List.of();
    private Moment lastTick;
    private Cancellable timer = Cancellable.NONE;
    private int ticks;
    private volatile boolean warm;
    private boolean draining;
    private boolean telling;
    private String configHash;
    private long configGeneration;

    /** Replica ids whose processes up to an incarnation are over, the latest ones. */
    private static final class Ended extends LinkedHashMap<Long, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > MOST;
        }
    }

    /**
     * Reads what the disk remembers; blocks. The node is cold.
     *
     * @throws IOException if the disk cannot be read
     */
    public MemberTable(ClusterContext context, Storage storage, Workers workers) throws IOException {
        this.context = context;
        this.clock = context.clock();
        this.file = new MemberFile(storage, workers);
        this.startNanos = clock.nanoTime();
        this.lastTick = Moment.now(clock);
        RememberedMembers remembered = file.read();
        this.configHash = remembered.getConfigHash();
        this.configGeneration = remembered.getConfigGeneration();
        this.lastAlive = remembered.getAliveAtMs() == 0 ? null : Instant.ofEpochMilli(remembered.getAliveAtMs());
        for (RememberedMember known : remembered.getMembersList()) {
            if (!known.getName().equals(context.node()) && members.size() < MOST) {
                Member member = new Member(known.getName(), startNanos);
                member.info =
                        new Info(known.getName(), known.getReplica(), known.getIncarnation(), false, false, "", 0);
                members.put(member.name, member);
            }
        }
        this.view = MemberView.of(context, members, startNanos);
        new MemberMetrics(context.metrics(), this);
    }

    /** Begins to ping. The transport should be started first. */
    public void start() {
        lastTick = Moment.now(clock);
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
        if (hash.equals(configHash)) {
            return;
        }
        configHash = hash;
        for (Member member : members.values()) {
            if (member.info != null) {
                configGeneration = Math.max(configGeneration, member.info.configGeneration());
            }
        }
        configGeneration++;
        remember();
        greetAll();
        tellChanged();
    }

    /** Says that this node is about to leave: it is not eligible any more. */
    public void drain() {
        draining = true;
        greetAll();
        tellChanged();
    }

    @Override
    public void becomeWarm() {
        if (!warm) {
            warm = true;
            context.journal().append(new HubEvent.TurnedWarm());
            log.atInfo().addKeyValue("component", "cluster").log("Node is warm");
            greetAll();
            tellChanged();
        }
    }

    private void turnCold(String why) {
        if (warm && context.has(Rule.COLD)) {
            warm = false;
            context.journal().append(new HubEvent.TurnedCold(why));
            log.atWarn()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("reason", why)
                    .log("Node is cold");
            greetAll();
            tellChanged();
        }
    }

    private void tick() {
        Duration gap = lastTick.elapsed(clock);
        lastTick = Moment.now(clock);
        if (gap.compareTo(context.timings().pause()) > 0) {
            turnCold("the node stood still for " + gap.toMillis() + " ms");
        }
        boolean note = ticks++ % PINGS_PER_NOTE == 0;
        Envelope ping = Envelope.newBuilder()
                .setPing(Ping.newBuilder().setNumber(age()))
                .build();
        for (Member member : members.values()) {
            if (member.connected) {
                if (note || member.answeredNanos == null) {
                    greet(member.name);
                }
                context.transport().send(member.name, ping);
            }
        }
        if (note) {
            remember();
        }
        refresh();
        timer = context.loop().schedule(context.timings().ping(), this::tick);
    }

    /** Milliseconds since the start, from 1: a pong tells by it how old the ping was. */
    private long age() {
        return (clock.nanoTime() - startNanos) / 1_000_000 + 1;
    }

    /** There is a new connection to {@code peer}. */
    public void connected(String peer) {
        Member member = member(peer);
        if (member != null) {
            member.disconnected();
            member.connected = true;
            member.refusedNanos = null;
            greet(peer);
            refresh();
        }
    }

    /** The connection to {@code peer} is gone. */
    public void disconnected(String peer) {
        Member member = members.get(peer);
        if (member != null) {
            member.disconnected();
            refresh();
        }
    }

    /** The host of {@code peer} answers, but nothing listens there. */
    public void refused(String peer) {
        Member member = member(peer);
        if (member != null && !member.connected) {
            member.refusedNanos = clock.nanoTime();
            refresh();
        }
    }

    /** An attempt to connect to {@code peer} failed, but nobody said that nothing listens there. */
    public void unanswered(String peer) {
        Member member = members.get(peer);
        if (member != null && member.refusedNanos != null) {
            member.refusedNanos = null;
            refresh();
        }
    }

    private @Nullable Member member(String name) {
        Member member = members.get(name);
        if (member == null && !name.equals(context.node())) {
            if (members.size() >= MOST) {
                log.atError()
                        .addKeyValue("component", "cluster")
                        .addKeyValue("peer", name)
                        .addKeyValue("limit", MOST)
                        .log("Too many members; peer is not let in");
                return null;
            }
            member = new Member(name, clock.nanoTime());
            members.put(name, member);
        }
        return member;
    }

    @Override
    public boolean take(String peer, Envelope message) {
        switch (message.getBodyCase()) {
            case HELLO -> hello(peer, message.getHello());
            case PING ->
                context.transport()
                        .send(
                                peer,
                                Envelope.newBuilder()
                                        .setPong(Pong.newBuilder()
                                                .setNumber(message.getPing().getNumber()))
                                        .build());
            case PONG -> pong(peer, message.getPong().getNumber());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void pong(String peer, long number) {
        Member member = members.get(peer);
        if (member == null || age() - number > context.timings().suspect().toMillis()) {
            return; // an answer from before a long silence says nothing about now
        }
        boolean news = member.answeredNanos == null;
        member.answeredNanos = clock.nanoTime();
        member.seenNanos = clock.nanoTime();
        if (news || !view.live().contains(peer)) {
            refresh();
        }
    }

    private void hello(String peer, Hello hello) {
        Member member = member(peer);
        if (member == null || !believed(peer, member, hello)) {
            return;
        }
        Info before = member.info;
        Info now = new Info(
                peer,
                hello.getReplica(),
                hello.getIncarnation(),
                hello.getWarm(),
                hello.getDraining(),
                hello.getConfigHash(),
                hello.getConfigGeneration());
        boolean restarted =
                before != null && (before.replica() != now.replica() || before.incarnation() < now.incarnation());
        if (before != null && before.replica() == now.replica() && before.incarnation() > now.incarnation()) {
            return; // said by a process that is over
        }
        boolean met = !member.greeted;
        member.info = now;
        member.knows = Set.copyOf(hello.getKnownList().subList(0, Math.min(MOST, hello.getKnownCount())));
        member.connected = true;
        member.greeted = true;
        member.left = false;
        member.refusedNanos = null;
        member.seenNanos = clock.nanoTime();
        if (member.answeredNanos == null) {
            member.answeredNanos = clock.nanoTime();
        }
        if (restarted && before != null) {
            ended.put(before.replica(), before.replica() == now.replica() ? now.incarnation() - 1 : Integer.MAX_VALUE);
        }
        forgetNamesake(member);
        refresh();
        if (restarted) {
            List.copyOf(listeners).forEach(listener -> listener.restarted(peer, now.incarnation()));
        }
        if (met) {
            remember();
            List.copyOf(listeners).forEach(listener -> listener.reconnected(peer));
        }
        if (!now.equals(before)) {
            tellChanged();
        }
    }

    private boolean believed(String peer, Member member, Hello hello) {
        String problem = null;
        if (!hello.getNode().equals(peer)) {
            problem = "it calls itself " + hello.getNode();
        } else if (hello.getReplica() == context.replica()) {
            problem = "it has this node's replica id: its storage folder is a copy; remove the file replica from it";
        } else if (hello.getProtocol() < 1) {
            problem = "it does not say which protocol it speaks";
        }
        if (problem == null && hello.getProtocol() == PROTOCOL) {
            return true;
        }
        if (!member.versionReported) {
            member.versionReported = true;
            log.atWarn()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("peer", peer)
                    .addKeyValue("reason", problem == null ? "protocol " + hello.getProtocol() : problem)
                    .log(problem == null ? "Peer speaks another version of the protocol" : "Peer is not believed");
        }
        return problem == null;
    }

    /** Another name at this member's address belongs to a process that is over. */
    private void forgetNamesake(Member member) {
        String address = null;
        List<Transport.Peer> found = context.transport().peers();
        for (Transport.Peer peer : found) {
            address = peer.name().equals(member.name) ? peer.address() : address;
        }
        if (address == null || address.isEmpty()) {
            return;
        }
        for (Transport.Peer peer : found) {
            Member other = members.get(peer.name());
            if (other != null && other != member && !other.connected && address.equals(peer.address())) {
                if (other.info != null) {
                    ended.put(other.info.replica(), Integer.MAX_VALUE);
                }
                other.left = true;
            }
        }
    }

    private void greetAll() {
        for (Member member : members.values()) {
            if (member.connected) {
                greet(member.name);
            }
        }
    }

    private void greet(String peer) {
        context.transport().send(peer, Envelope.newBuilder().setHello(hello()).build());
    }

    /** What this node says of itself. */
    public Hello hello() {
        Hello.Builder hello = Hello.newBuilder()
                .setNode(context.node())
                .setReplica(context.replica())
                .setIncarnation(context.incarnation())
                .setWarm(warm())
                .setDraining(draining)
                .setConfigHash(configHash)
                .setConfigGeneration(configGeneration)
                .setProtocol(PROTOCOL)
                .addKnown(context.node());
        for (Member member : members.values()) {
            if (member.info != null && !member.left) {
                hello.addKnown(member.name);
            }
        }
        return hello.build();
    }

    /** Looks again at who is who, and tells if something has changed. */
    private void refresh() {
        long now = clock.nanoTime();
        MemberView next = MemberView.of(context, members, now);
        if (next.majority() && members.values().removeIf(member -> next.forgets(member, context, now))) {
            refresh();
            return;
        }
        MemberView before = view;
        view = next;
        if (!next.equals(before)) {
            report(before, next);
            tellChanged();
        }
        List<HubStatus.Peer> answering = new ArrayList<>();
        for (Transport.Peer peer : context.transport().peers()) {
            if (next.live().contains(peer.name())) {
                answering.add(new HubStatus.Peer(peer.name(), peer.address()));
            }
        }
        peers = List.copyOf(answering);
    }

    private void report(MemberView before, MemberView next) {
        for (String name : next.live()) {
            if (!before.live().contains(name)) {
                context.journal().append(new HubEvent.MemberJoined(name));
                log.atInfo()
                        .addKeyValue("component", "cluster")
                        .addKeyValue("peer", name)
                        .log("Peer answers");
            }
        }
        for (String name : before.live()) {
            if (!next.live().contains(name)) {
                Member member = members.get(name);
                String why = member == null || member.left ? "it left" : member.connected ? "silence" : "no connection";
                context.journal().append(new HubEvent.MemberLost(name, why));
                log.atWarn()
                        .addKeyValue("component", "cluster")
                        .addKeyValue("peer", name)
                        .addKeyValue("reason", why)
                        .log("Peer does not answer");
            }
        }
    }

    private void tellChanged() {
        if (!telling) {
            telling = true;
            context.loop().execute(() -> {
                telling = false;
                List.copyOf(listeners).forEach(Listener::changed);
            });
        }
    }

    private void remember() {
        RememberedMembers.Builder remembered = RememberedMembers.newBuilder()
                .setConfigHash(configHash)
                .setConfigGeneration(configGeneration)
                .setAliveAtMs(clock.now().toEpochMilli());
        for (Member member : members.values()) {
            if (member.info != null && !member.left) {
                remembered.addMembers(RememberedMember.newBuilder()
                        .setName(member.name)
                        .setReplica(member.info.replica())
                        .setIncarnation(member.info.incarnation()));
            }
        }
        file.write(remembered.build());
    }

    /** The peers that answer, sorted by name, with their addresses; this node left out. Any thread may call it. */
    public List<HubStatus.Peer> peers() {
        return peers;
    }

    /** What this node sees; any thread may call it. */
    MemberView view() {
        return view;
    }

    /** Whether this node was warm last; any thread may call it. */
    boolean wasWarm() {
        return warm;
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
            return new Info(
                    node, context.replica(), context.incarnation(), warm(), draining, configHash, configGeneration);
        }
        Member member = members.get(node);
        return member == null ? null : member.info;
    }

    @Override
    public Set<String> live() {
        return view.live();
    }

    @Override
    public boolean deadNow(String node) {
        Member member = members.get(node);
        return member != null && MemberView.dead(member, context, clock.nanoTime());
    }

    @Override
    public Set<String> known() {
        return view.known();
    }

    @Override
    public List<String> eligible(String groupKey) {
        List<String> eligible = new ArrayList<>();
        for (String node : view.live()) {
            Info info = info(node);
            if (info != null && info.warm() && !info.draining()) {
                eligible.add(node);
            }
        }
        return Rendezvous.rank(eligible, groupKey);
    }

    @Override
    public List<String> ranking(String groupKey) {
        return Rendezvous.rank(view.known(), groupKey);
    }

    @Override
    public boolean gone(long replica, int incarnation) {
        if (replica == context.replica()) {
            return incarnation < context.incarnation();
        }
        Integer last = ended.get(replica);
        if (last != null && incarnation <= last) {
            return true;
        }
        for (Member member : members.values()) {
            Info info = member.info;
            if (info != null && info.replica() == replica) {
                return info.incarnation() > incarnation || deadNow(member.name);
            }
        }
        return false;
    }

    @Override
    public boolean warm() {
        return !context.has(Rule.COLD)
                || (warm && lastTick.elapsed(clock).compareTo(context.timings().pause()) <= 0);
    }

    @Override
    public boolean draining() {
        return draining;
    }
}
