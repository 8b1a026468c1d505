package dev.tocsin.cluster;

import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.ClusterNode;
import dev.tocsin.cluster.protocol.MemberTable;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.cluster.protocol.OutboxCourier;
import dev.tocsin.cluster.protocol.PeerTimes;
import dev.tocsin.cluster.protocol.ask.ClusterAsks;
import dev.tocsin.cluster.protocol.claim.ClusterClaims;
import dev.tocsin.cluster.protocol.claim.Tie;
import dev.tocsin.cluster.protocol.sync.Sync;
import dev.tocsin.cluster.protocol.sync.SyncOptions;
import dev.tocsin.cluster.protocol.turn.SharedTurns;
import dev.tocsin.cluster.protocol.turn.StoredParcels;
import dev.tocsin.core.ask.Asks;
import dev.tocsin.core.claim.Claims;
import dev.tocsin.core.explain.Nodes;
import dev.tocsin.core.group.Turns;
import dev.tocsin.core.log.NodeNames;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.storage.Storage;
import dev.tocsin.core.store.AlertExchange;
import dev.tocsin.core.store.AlertStore;
import dev.tocsin.core.store.silence.SilenceStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * One node's part in a cluster: all parts of the protocol, joined to each other and to the hub's stores. The same in
 * production and in the simulator, which differ in the transport. Used on the hub loop only, but for {@link #members},
 * which says itself what others may ask.
 */
public final class Cluster {
    private static final Duration POLL = Duration.ofMillis(20);
    /** News of flushes travel in batches: this long after the last one all of it is on its way. */
    private static final Duration BATCHES = Duration.ofMillis(100);

    /**
     * What belongs to the hub.
     *
     * @param alerts loaded
     * @param silences loaded
     * @param log loaded
     */
    public record Stores(AlertStore alerts, SilenceStore silences, NotificationLog log) {}

    private final ClusterContext context;
    private final MemberTable members;
    private final OutboxCourier courier;
    private final ClusterClaims claims;
    private final SharedTurns turns;
    private final Sync sync;
    private final ClusterAsks asks;
    private final ClusterNode node;

    /**
     * Reads who is remembered; blocks. Nothing is said before {@link #start}.
     *
     * @throws IOException if the disk cannot be read
     */
    public Cluster(
            ClusterContext context, Storage storage, Workers workers, Stores stores, Tie tie, SyncOptions retention)
            throws IOException {
        this.context = context;
        this.members = new MemberTable(context, storage, workers);
        this.courier = new OutboxCourier(context, members, this::overflowed);
        this.claims = new ClusterClaims(context, members, courier, stores.log(), tie);
        this.turns = new SharedTurns(
                context,
                members,
                courier,
                claims,
                new StoredParcels(
                        new AlertExchange(stores.alerts(), context.clock()),
                        new PeerTimes(members::ahead, context.clock()),
                        context.unreadable()),
                stores.alerts(),
                stores.log());
        this.sync =
                new Sync(context, members, courier, stores.alerts(), stores.silences(), stores.log(), turns, retention);
        this.asks = new ClusterAsks(context, members);
        stores.log().listen(new LearnedNews(context.journal(), context.clock(), names()));
        this.node = new ClusterNode(context, members, courier, List.of(claims, turns, sync, asks));
    }

    private void overflowed(String peer) {
        sync.compare(peer);
    }

    /** The right to notify. */
    public Claims claims() {
        return claims;
    }

    /** Whose turn it is to flush a group. */
    public Turns turns() {
        return turns;
    }

    /** What explanations say of the cluster. */
    public Nodes nodes() {
        return new ClusterNodes(members, context.replica());
    }

    /** Questions to the other members. Any thread may ask. */
    public Asks asks() {
        return asks;
    }

    /** Who belongs to the cluster. */
    public MemberTable members() {
        return members;
    }

    /** The members' names by their replica ids. */
    public NodeNames names() {
        return this::name;
    }

    private String name(long replica) {
        if (replica == context.replica()) {
            return members.self();
        }
        for (String node : members.known()) {
            Members.Info info = node.equals(members.self()) ? null : members.info(node);
            if (info != null && info.replica() == replica) {
                return node;
            }
        }
        return NodeNames.defaultName(replica);
    }

    /** Looks for the others and learns what they know. Call it when the stores have begun their housekeeping. */
    public void start() {
        // first who there is, then who of them is warm: a node that knows of no peers yet would take itself for a
        // cluster
        node.start();
        sync.start();
    }

    /**
     * Says that this node is about to stop: the others take its groups.
     *
     * @param heard runs when a peer has heard it, or nobody is there to hear
     * @return stops waiting
     */
    public Cancellable leave(Runnable heard) {
        members.drain();
        return handOver(heard);
    }

    /**
     * Takes nothing into the stores any more, and acknowledges nothing: call it at once when they are closed, on the hub
     * loop. What was told is still told again.
     */
    public void takeNothing() {
        sync.stop();
        claims.stop();
        node.takeNothing();
    }

    /**
     * Waits until a peer has everything that was sent to it, as long as it takes.
     *
     * @return stops waiting
     */
    public Cancellable handOver(Runnable done) {
        return new HandOver(done);
    }

    /** Falls silent. The transport stays open. */
    public void stop() {
        takeNothing();
        node.stop();
    }

    /** Looks again and again whether one peer lacks nothing. */
    private final class HandOver implements Cancellable {
        private final Runnable done;
        private Cancellable next;

        HandOver(Runnable done) {
            this.done = done;
            this.next = context.loop().schedule(BATCHES, this::look);
        }

        private void look() {
            boolean alone = true;
            for (String peer : members.live()) {
                if (!peer.equals(members.self())) {
                    alone = false;
                    if (courier.outstanding(peer) == 0) {
                        done.run();
                        return;
                    }
                }
            }
            if (alone) {
                done.run();
            } else {
                next = context.loop().schedule(POLL, this::look);
            }
        }

        @Override
        public void cancel() {
            next.cancel();
        }
    }
}
