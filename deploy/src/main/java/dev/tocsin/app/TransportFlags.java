package dev.tocsin.app;

import dev.tocsin.app.flag.FlagValues;
import dev.tocsin.cluster.atomix.SwimTimings;
import dev.tocsin.cluster.atomix.TransportOptions;
import dev.tocsin.cluster.atomix.link.LinkOptions;
import dev.tocsin.cluster.atomix.link.PeerOptions;
import dev.tocsin.cluster.atomix.tls.ClusterTls;
import dev.tocsin.core.tls.TlsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the {@code --cluster.*} flags mean to the transport. */
final class TransportFlags {
    private final FlagValues flags;

    TransportFlags(FlagValues flags) {
        this.flags = flags;
    }

    /** Whether there is a cluster at all: an empty listen address turns it off. */
    boolean clustered() {
        return !flags.text("cluster.listen-address").isEmpty();
    }

    /**
     * The options.
     *
     * @param name this node's name
     * @throws StartupException if an address or a name is not well formed
     */
    TransportOptions options(String name) throws StartupException {
        PeerOptions search = PeerOptions.DEFAULTS;
        try {
            return new TransportOptions(
                    name,
                    flags.text("cluster.listen-address"),
                    flags.text("cluster.advertise-address"),
                    flags.on("cluster.allow-insecure-public-advertise-address-discovery"),
                    flags.list("cluster.peer"),
                    flags.text("cluster.label"),
                    swim(),
                    LinkOptions.DEFAULTS.within(flags.duration("cluster.tcp-timeout")),
                    new PeerOptions(
                            flags.duration("cluster.reconnect-interval"),
                            flags.duration("cluster.reconnect-timeout"),
                            search.resolveInterval(),
                            flags.duration("cluster.peers-resolve-timeout"),
                            search.joinPatience()));
        } catch (IllegalArgumentException e) {
            throw new StartupException("unable to initialize gossip mesh", String.valueOf(e.getMessage()));
        }
    }

    private SwimTimings swim() {
        Duration probeTimeout = flags.duration("cluster.probe-timeout");
        Duration patience = probeTimeout.multipliedBy(2);
        Duration failure = SwimTimings.DEFAULTS.failure();
        return new SwimTimings(
                flags.duration("cluster.gossip-interval"),
                flags.duration("cluster.probe-interval"),
                probeTimeout,
                patience.compareTo(failure) > 0 ? patience : failure);
    }

    /**
     * TLS between nodes; null if it is not configured.
     *
     * @param environment the process environment
     * @throws StartupException saying what is wrong with the file or the certificates
     */
    @Nullable ClusterTls tls(Map<String, String> environment) throws StartupException {
        String file = flags.text("cluster.tls-config");
        if (file.isEmpty()) {
            return null;
        }
        try {
            return new ClusterTls(Path.of(file), environment);
        } catch (TlsException e) {
            throw new StartupException(
                    "unable to initialize TLS transport configuration for gossip mesh", String.valueOf(e.getMessage()));
        }
    }
}
