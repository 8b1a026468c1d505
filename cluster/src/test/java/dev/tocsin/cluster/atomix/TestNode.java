package dev.tocsin.cluster.atomix;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.cluster.atomix.link.DnsLookup;
import dev.tocsin.cluster.atomix.link.LinkOptions;
import dev.tocsin.cluster.atomix.link.Lookup;
import dev.tocsin.cluster.atomix.link.PeerOptions;
import dev.tocsin.cluster.atomix.link.Tls;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Heartbeat;
import dev.tocsin.cluster.protocol.Transport;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A transport on real sockets with short timeouts. */
final class TestNode implements AutoCloseable {
    static final LinkOptions LINKS = new LinkOptions(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            1 << 20,
            4 << 20,
            4 << 20,
            16);
    static final PeerOptions SEARCH = new PeerOptions(
            Duration.ofSeconds(1),
            Duration.ofHours(6),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofSeconds(3));

    final String name;
    final Events events = new Events();
    final Metrics metrics = new Metrics(new MetricRegistry());
    private final RealTime time;
    private final AtomixTransport transport;
    private final String address;

    /** What differs between nodes. */
    record Setup(String listen, String label, @Nullable Tls tls, Lookup lookup, LinkOptions links) {
        static final Setup PLAIN = new Setup("127.0.0.1:0", "", null, new DnsLookup(), LINKS);

        Setup listening(String other) {
            return new Setup(other, label, tls, lookup, links);
        }

        Setup labelled(String other) {
            return new Setup(listen, other, tls, lookup, links);
        }

        Setup secured(Tls other) {
            return new Setup(listen, label, other, lookup, links);
        }

        Setup resolving(Lookup other) {
            return new Setup(listen, label, tls, other, links);
        }

        Setup bounded(LinkOptions other) {
            return new Setup(listen, label, tls, lookup, other);
        }
    }

    TestNode(String name, String... peers) {
        this(Setup.PLAIN, name, peers);
    }

    TestNode(Setup setup, String name, String... peers) {
        this.name = name;
        time = new RealTime(name);
        transport = new AtomixTransport(
                new TransportOptions(
                        name,
                        setup.listen(),
                        "",
                        false,
                        List.of(peers),
                        setup.label(),
                        SwimTimings.DEFAULTS,
                        setup.links(),
                        SEARCH),
                setup.tls(),
                setup.lookup(),
                time,
                time,
                time,
                new SecureRandom(),
                metrics);
        try {
            address = transport.bind();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        time.call(() -> {
            transport.start(events);
            return true;
        });
    }

    String address() {
        return address;
    }

    boolean send(String peer, Envelope message) {
        return time.call(() -> transport.send(peer, message));
    }

    boolean ping(String peer, long number) {
        return send(peer, envelope(number));
    }

    static Envelope envelope(long number) {
        return Envelope.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder().setSentAt(number))
                .build();
    }

    Set<String> peers() {
        Set<String> names = new TreeSet<>();
        time.call(transport::peers).stream().map(Transport.Peer::name).forEach(names::add);
        return names;
    }

    /** Ends without a goodbye. */
    void die() {
        time.call(() -> {
            transport.abandon();
            return true;
        });
        awaitClosed();
    }

    double count(String family, String... labels) {
        CounterFamily counters = (CounterFamily) metrics.families().get(family);
        return counters == null ? Double.NaN : counters.labels(labels).value();
    }

    @Override
    public void close() {
        time.call(() -> {
            transport.close();
            return true;
        });
        awaitClosed();
    }

    private void awaitClosed() {
        try {
            transport.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            time.close();
        }
    }
}
