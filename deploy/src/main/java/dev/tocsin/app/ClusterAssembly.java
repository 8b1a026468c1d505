package dev.tocsin.app;

import dev.tocsin.app.flag.FlagValues;
import dev.tocsin.cluster.Cluster;
import dev.tocsin.cluster.atomix.AtomixTransport;
import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Timings;
import dev.tocsin.cluster.protocol.UnreadableMessages;
import dev.tocsin.cluster.protocol.claim.Tie;
import dev.tocsin.cluster.protocol.sync.SyncOptions;
import dev.tocsin.core.ask.Asks;
import dev.tocsin.core.claim.Claims;
import dev.tocsin.core.explain.Nodes;
import dev.tocsin.core.group.Turns;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.log.NodeNames;
import dev.tocsin.core.log.Replica;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Joins the parts of the protocol over real connections. Built by one thread; {@link #start} runs on the hub loop, any
 * thread may call the others.
 */
final class ClusterAssembly implements AutoCloseable {
    private final Scheduler loop;
    private final AtomixTransport transport;
    private final Cluster cluster;
    private final ClusterMembership membership;

    /**
     * Takes the cluster's port and reads what is remembered of the members; blocks.
     *
     * @throws StartupException if the port cannot be had or a flag does not make sense
     */
    ClusterAssembly(
            FlagValues flags,
            Clock clock,
            Scheduler loop,
            Workers workers,
            RandomGenerator random,
            Storage storage,
            Metrics metrics,
            Journal journal,
            String name,
            Replica identity,
            Cluster.Stores stores)
            throws StartupException {
        this.loop = loop;
        Timings timings;
        String address;
        TransportFlags transportFlags = new TransportFlags(flags);
        try {
            timings = Timings.DEFAULTS.withMinorityWait(flags.duration("cluster.minority-wait"));
            transport = new AtomixTransport(
                    transportFlags.options(name),
                    transportFlags.tls(System.getenv()),
                    clock,
                    loop,
                    workers,
                    random,
                    metrics);
            address = transport.bind();
        } catch (IllegalArgumentException | IOException e) {
            throw new StartupException("unable to initialize gossip mesh", String.valueOf(e.getMessage()));
        }
        ClusterContext context = new ClusterContext(
                name,
                identity.id(),
                identity.incarnation(),
                clock,
                loop,
                transport,
                random,
                metrics,
                journal,
                new UnreadableMessages(metrics, clock),
                timings,
                Set.of());
        try {
            this.cluster = new Cluster(
                    context,
                    storage,
                    workers,
                    stores,
                    flags.text("cluster.tie").equals("send") ? Tie.SEND : Tie.WAIT,
                    new SyncOptions(flags.duration("alerts.gc-interval"), flags.duration("data.retention")));
        } catch (IOException e) {
            throw new StartupException("error reading the cluster's members", String.valueOf(e.getMessage()));
        }
        this.membership = new ClusterMembership(name, address, cluster.members());
    }

    Claims claims() {
        return cluster.claims();
    }

    NodeNames names() {
        return cluster.names();
    }

    Asks asks() {
        return cluster.asks();
    }

    Turns turns() {
        return cluster.turns();
    }

    Nodes nodes() {
        return cluster.nodes();
    }

    ClusterMembership membership() {
        return membership;
    }

    /** Looks for the others. On the hub loop. */
    void start() {
        cluster.start();
    }

    /** Why requests should go to another node; null if they need not. Any thread may call it. */
    @Nullable String unready() {
        return cluster.members().warm() ? null : "settling";
    }

    /** Another configuration is in force. On the hub loop. */
    void configured(String hash) {
        cluster.members().configured(hash);
    }

    /**
     * Says that this node stops: the others take its groups.
     *
     * @return completes on the hub loop when a peer has heard it, or there is none
     */
    CompletionStage<Void> leave() {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        loop.execute(() -> cluster.leave(() -> heard.complete(null)));
        return heard;
    }

    /** Takes nothing into the stores any more. On the hub loop. */
    void takeNothing() {
        cluster.takeNothing();
    }

    /**
     * Waits until a peer has everything that was sent to it.
     *
     * @return completes on the hub loop; never if no peer answers
     */
    CompletionStage<Void> handOver() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> cluster.handOver(() -> done.complete(null)));
        return done;
    }

    /** Falls silent and closes the connections. */
    @Override
    public void close() {
        loop.execute(cluster::stop);
        transport.close();
    }
}
