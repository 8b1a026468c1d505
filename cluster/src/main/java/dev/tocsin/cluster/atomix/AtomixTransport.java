package dev.tocsin.cluster.atomix;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.cluster.atomix.link.DnsLookup;
import dev.tocsin.cluster.atomix.link.HostAndPort;
import dev.tocsin.cluster.atomix.link.Links;
import dev.tocsin.cluster.atomix.link.Lookup;
import dev.tocsin.cluster.atomix.link.PeerListener;
import dev.tocsin.cluster.atomix.link.Tls;
import dev.tocsin.cluster.proto.Bundle;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.protocol.Transport;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import io.atomix.cluster.ClusterMembershipEvent;
import io.atomix.cluster.Member;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.ClusterCommunicationService;
import io.atomix.cluster.messaging.impl.DefaultClusterCommunicationService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport between real nodes. Atomix's SWIM tells which nodes there are, its communication service carries the
 * messages; both work on our own connections, which alone decide who is connected and who is who.
 *
 * <p>{@link #bind} is called first, by a thread that may block; everything else on the hub loop.
 */
public final class AtomixTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(AtomixTransport.class);
    private static final String SUBJECT = "tocsin";
    private static final long SWIM_START_SECONDS = 30;

    private final TransportOptions options;
    private final Scheduler loop;
    private final Workers workers;
    private final RandomGenerator random;
    private final Links links;
    private final ReachedNodes reached = new ReachedNodes();
    private final LinkedMembers members;
    private final LinkMessaging messaging;
    private final LinkGossip gossip;
    private final ClusterCommunicationService communication;
    private final Introductions introductions;
    private final Bundles bundles;
    private final MessageMetrics metrics;
    private String advertised = "";
    private @Nullable SwimCluster swim;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param tls null for plain connections
     * @param random safe for all threads and not predictable, such as a {@link java.security.SecureRandom}
     */
    public AtomixTransport(
            TransportOptions options,
            @Nullable Tls tls,
            Clock clock,
            Scheduler loop,
            Workers workers,
            RandomGenerator random,
            Metrics metrics) {
        this(options, tls, new DnsLookup(), clock, loop, workers, random, metrics);
    }

    /** With another way to look up peers. */
    AtomixTransport(
            TransportOptions options,
            @Nullable Tls tls,
            Lookup lookup,
            Clock clock,
            Scheduler loop,
            Workers workers,
            RandomGenerator random,
            Metrics metrics) {
        this.options = options;
        this.loop = loop;
        this.workers = workers;
        this.random = random;
        this.links = new Links(options.links(), options.search(), tls, lookup, metrics, clock, loop, workers, random);
        this.metrics = new MessageMetrics(metrics, options.name(), links::queuedBytes);
        this.members = new LinkedMembers(options.name());
        this.messaging = new LinkMessaging(options.name(), links.messages(), this::inBackground);
        this.gossip = new LinkGossip(links.messages(), this.metrics.alive());
        this.communication = new DefaultClusterCommunicationService(members, messaging, gossip);
        this.bundles = new Bundles(loop, clock, links.messages()::hasRoom, this::send);
        this.introductions = new Introductions(communication, links, loop, random);
    }

    private void inBackground(Runnable task) {
        workers.submit(
                () -> {
                    task.run();
                    return true;
                },
                (done, error) -> {});
    }

    /**
     * Takes the port. Who connects waits until {@link #start}.
     *
     * @return the address that other nodes are told, {@code ip:port} with the real port
     * @throws IOException if the address cannot be had; the message names it
     */
    public String bind() throws IOException {
        HostAndPort listen = HostAndPort.parse(options.listenAddress());
        InetSocketAddress bound = links.bind(
                listen.host().isEmpty()
                        ? new InetSocketAddress(listen.port())
                        : new InetSocketAddress(InetAddress.getByName(listen.host()), listen.port()));
        advertised = new AdvertisedAddress(options).of(bound);
        return advertised;
    }

    @Override
    public void start(Listener listener) {
        if (advertised.isEmpty()) {
            throw new IllegalStateException("bind first");
        }
        communication.subscribe(
                SUBJECT,
                this::decode,
                (MemberId peer, Bundle bundle) -> {
                    if (bundle.getMessagesCount() == 0) {
                        links.complain(peer.id(), "bytes without a message that can be read");
                    }
                    for (Envelope message : bundle.getMessagesList()) {
                        received(peer.id(), message, listener);
                    }
                },
                loop::execute);
        links.start(options.name(), options.label(), advertised, options.peers(), new Reporting(listener));
        introductions.start();
        workers.submit(this::startSwim, this::swimStarted);
    }

    private void received(String peer, Envelope message, Listener listener) {
        if (closed) {
            return;
        }
        if (message.getBodyCase() == Envelope.BodyCase.BODY_NOT_SET) {
            metrics.unknown();
            links.complain(peer, "a message that is malformed, or of a later version");
        }
        listener.received(peer, message);
    }

    private Bundle decode(byte[] bytes) {
        try {
            Bundle bundle = Bundle.parseFrom(bytes);
            if (bundle.getMessagesCount() == 0) {
                metrics.unknown();
            }
            metrics.received(bundle, bytes.length);
            return bundle;
        } catch (InvalidProtocolBufferException e) {
            metrics.malformed();
            return Bundle.getDefaultInstance();
        }
    }

    private SwimCluster startSwim() throws Exception {
        SwimCluster cluster =
                SwimCluster.of(options.name(), advertised, options.swim(), reached, messaging, gossip, random);
        cluster.getMembershipService().addListener(event -> {
            if (event.type() == ClusterMembershipEvent.Type.MEMBER_ADDED
                    || event.type() == ClusterMembershipEvent.Type.METADATA_CHANGED) {
                Member member = event.subject();
                String address = member.properties().getProperty(Names.REAL_ADDRESS, "");
                loop.execute(() -> heardOf(member.id().id(), address));
            }
        });
        cluster.start().get(SWIM_START_SECONDS, TimeUnit.SECONDS);
        return cluster;
    }

    private void heardOf(String name, String address) {
        if (!closed && !name.equals(options.name()) && !address.isEmpty()) {
            links.found(name, address);
        }
    }

    private void swimStarted(@Nullable SwimCluster cluster, @Nullable Exception error) {
        if (cluster == null) {
            LOG.atError()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("err", String.valueOf(error))
                    .log("Membership gossip does not start; only configured peers and those that connect are found");
        } else if (closed) {
            cluster.stop();
        } else {
            swim = cluster;
        }
    }

    @Override
    public boolean send(String peer, Envelope message) {
        return counted(message, bundles.add(peer, message));
    }

    @Override
    public boolean sendAlong(String peer, Envelope message) {
        return counted(message, bundles.addAlong(peer, message));
    }

    private boolean counted(Envelope message, boolean sent) {
        if (sent) {
            metrics.sent(message);
        }
        return sent;
    }

    private void send(String peer, Bundle bundle) {
        communication.unicast(SUBJECT, bundle, Bundle::toByteArray, MemberId.from(peer), true);
    }

    @Override
    public List<Peer> peers() {
        List<Peer> peers = new ArrayList<>();
        links.known().forEach(peer -> peers.add(new Peer(peer.name(), peer.address())));
        links.nameless().forEach(address -> peers.add(new Peer(address, address)));
        return peers;
    }

    @Override
    public void close() {
        close(true);
    }

    /** Closes all sockets without a word, as when the process dies. */
    void abandon() {
        close(false);
    }

    private void close(boolean goodbye) {
        if (closed) {
            return;
        }
        closed = true;
        if (goodbye) {
            bundles.send();
        }
        introductions.close();
        links.close(goodbye);
        SwimCluster cluster = swim;
        if (cluster != null) {
            workers.submit(cluster::stop, (done, error) -> {});
        }
    }

    /** Completes when all sockets are closed. */
    public CompletionStage<Void> closed() {
        return links.closed();
    }

    /** Hands what happens on connections to the protocol and to Atomix. */
    private final class Reporting implements PeerListener {
        private final Listener listener;

        Reporting(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void connected(String peer) {
            inBackground(() -> reached.reached(peer));
            metrics.meet(peer);
            introductions.ask(peer);
            listener.connected(peer);
        }

        @Override
        public void disconnected(String peer) {
            listener.disconnected(peer);
        }

        @Override
        public void refused(String peer) {
            listener.refused(peer);
        }

        @Override
        public void unanswered(String peer) {
            listener.unanswered(peer);
        }

        @Override
        public void forgotten(String peer) {
            inBackground(() -> reached.forget(peer));
            members.forget(peer);
            bundles.forget(peer);
            metrics.forget(peer);
        }
    }
}
