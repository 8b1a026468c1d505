package dev.tocsin.cluster.atomix.link;

import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps authenticated connections to all peers. First {@link #bind}, on a thread that may block; then {@link #start} and
 * all other methods on the hub loop, but for {@link #messages}, which any thread may use.
 */
public final class Links {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);
    private static final long GOODBYE_MILLIS = 500;

    private final LinkOptions linkOptions;
    private final PeerOptions peerOptions;
    private final Lookup lookup;
    private final LinkMetrics metrics;
    private final Clock clock;
    private final Scheduler loop;
    private final Workers workers;
    private final RandomGenerator random;
    private final @Nullable Tls tls;
    private final EventLoopGroup loops;
    private final ChannelGroup open;
    private final Sockets sockets;
    private final Messages messages;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile @Nullable Peers peers;
    private @Nullable Seeds seeds;
    private Cancellable patience = Cancellable.NONE;
    private Cancellable refresh = Cancellable.NONE;
    private boolean closing;

    /**
     * A peer that was met or heard of.
     *
     * @param linked whether there is a connection with it in either direction
     */
    public record Known(String name, String address, boolean linked) {}

    /**
     * Opens nothing yet.
     *
     * @param tls null for plain connections
     * @param random safe for all threads and not predictable, such as a {@link java.security.SecureRandom}
     */
    public Links(
            LinkOptions linkOptions,
            PeerOptions peerOptions,
            @Nullable Tls tls,
            Lookup lookup,
            Metrics metrics,
            Clock clock,
            Scheduler loop,
            Workers workers,
            RandomGenerator random) {
        this.linkOptions = linkOptions;
        this.peerOptions = peerOptions;
        this.lookup = lookup;
        this.metrics = new LinkMetrics(metrics, tls != null);
        this.clock = clock;
        this.loop = loop;
        this.workers = workers;
        this.random = random;
        this.tls = tls;
        this.loops = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("cluster", true), NioIoHandler.newFactory());
        this.open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        this.messages = new Messages(this::link, loops, this.metrics, this::complain, clock);
        this.sockets = new Sockets(loops, open, linkOptions, tls, this.metrics, new Listening(), clock, loop, random);
    }

    private @Nullable Link link(String peer) {
        Peers now = peers;
        return now == null ? null : now.roster().link(peer);
    }

    /** Messages to and from connected peers. */
    public Messages messages() {
        return messages;
    }

    /**
     * Takes the port. Who connects waits until {@link #start}.
     *
     * @return the address with the real port
     * @throws IOException if it cannot be had; the message names it
     */
    public InetSocketAddress bind(InetSocketAddress address) throws IOException {
        return sockets.bind(address);
    }

    /**
     * Begins to accept connections and to look for peers.
     *
     * @param name this node's name
     * @param label nodes with another one are refused; may be empty
     * @param advertised where others are told to connect, {@code ip:port}
     * @param configured peers as {@link Lookup} takes them
     * @param listener hears of everything from now on
     */
    public void start(String name, String label, String advertised, List<String> configured, PeerListener listener) {
        Greeting greeting = new Greeting(label, new Identity(name, random.nextLong(), advertised));
        Peers table = new Peers(sockets, greeting, linkOptions, peerOptions, metrics, listener, clock, loop, random);
        Seeds names = new Seeds(configured, lookup, peerOptions, metrics, clock, loop, workers);
        peers = table;
        seeds = names;
        sockets.accept(greeting, table);
        names.start(table::seeds);
        if (tls != null) {
            keepFresh(tls);
        }
        if (!names.none()) {
            patience = loop.schedule(peerOptions.joinPatience(), () -> complainIfAlone(table));
        }
    }

    /** Certificates are renewed while the node runs. */
    private void keepFresh(Tls certificates) {
        refresh = loop.schedule(
                peerOptions.resolveInterval(),
                () -> workers.submit(
                        () -> {
                            certificates.refresh();
                            return true;
                        },
                        (done, error) -> {
                            if (!closing) {
                                keepFresh(certificates);
                            }
                        }));
    }

    private static void complainIfAlone(Peers table) {
        if (table.roster().links().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("err", "none of the configured peers answers yet; attempts go on")
                    .log("unable to join gossip mesh");
        }
    }

    /** Others say that there is a peer {@code name} at {@code address}. */
    public void found(String name, String address) {
        Peers now = peers;
        if (now != null) {
            now.found(name, address);
        }
    }

    /**
     * Others say that {@code name} was at {@code address} and is not reached now. If that is a configured address where
     * nobody has told a name yet, it is that peer's.
     */
    public void lost(String name, String address) {
        Peers now = peers;
        if (now != null) {
            now.lost(name, address);
        }
    }

    /** Says, not too often, that {@code peer} sent something that cannot be read; any thread. */
    public void complain(String peer, String problem) {
        onHub(table -> table.unreadable(peer, problem));
    }

    private void onHub(Consumer<Peers> work) {
        loop.execute(() -> {
            Peers table = peers;
            if (table != null) {
                work.accept(table);
            }
        });
    }

    /** The peers that were met or heard of, connected or not. */
    public List<Known> known() {
        List<Known> known = new ArrayList<>();
        Peers now = peers;
        if (now != null) {
            for (Peer peer : now.roster().all()) {
                known.add(new Known(peer.name, peer.address, peer.linked()));
            }
        }
        return known;
    }

    /** The configured peers whose names nobody has told yet, called by their addresses. */
    public List<String> nameless() {
        Peers now = peers;
        Seeds names = seeds;
        return now == null || names == null ? List.of() : names.nameless(now.dials());
    }

    /** What waits to be sent on all connections, in bytes; any thread. */
    public long queuedBytes() {
        Peers now = peers;
        long sum = 0;
        if (now != null) {
            for (Link link : now.roster().links()) {
                sum += link.queued();
            }
        }
        return sum;
    }

    /**
     * Closes everything; does not wait for it. The listener hears nothing more.
     *
     * @param goodbye whether the peers are told, so that they do not look for this node
     */
    public void close(boolean goodbye) {
        closing = true;
        patience.cancel();
        refresh.cancel();
        Seeds names = seeds;
        if (names != null) {
            names.close();
        }
        Peers now = peers;
        if (now != null) {
            now.close(goodbye);
        }
        loops.schedule(
                () -> {
                    open.close();
                    loops.shutdownGracefully(0, GOODBYE_MILLIS, TimeUnit.MILLISECONDS)
                            .addListener(done -> closed.complete(null));
                },
                goodbye && now != null && !now.roster().links().isEmpty() ? GOODBYE_MILLIS / 10 : 0,
                TimeUnit.MILLISECONDS);
    }

    /** Completes when all sockets are closed. */
    public CompletionStage<Void> closed() {
        return closed;
    }

    /** Sends frames where they belong. */
    private final class Listening implements LinkListener {
        @Override
        public void frame(Link link, byte kind, ByteBuf body) {
            if (kind == FrameKind.GOODBYE) {
                onHub(table -> table.goodbye(link));
            } else {
                messages.frame(link, kind, body);
            }
        }

        @Override
        public void unreadable(Link link, String problem) {
            complain(link.peer().name(), problem);
        }

        @Override
        public void closed(Link link) {
            messages.closed(link);
            onHub(table -> table.closed(link));
        }
    }
}
