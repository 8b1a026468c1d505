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

/**
 * What the {@code --cluster.*} flags mean to the transport. Alertmanager's default for a timing stands for Tocsin's own
 * timing, which was tuned for a fast takeover; any other value is taken as it is.
 */
final class TransportFlags {
    private static final Duration GOSSIP_INTERVAL = Duration.ofMillis(200);
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration PROBE_TIMEOUT = Duration.ofMillis(500);

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
        SwimTimings tuned = SwimTimings.DEFAULTS;
        Duration probeTimeout = given("cluster.probe-timeout", PROBE_TIMEOUT, tuned.probeTimeout());
        Duration patience = probeTimeout.multipliedBy(2);
        return new SwimTimings(
                given("cluster.gossip-interval", GOSSIP_INTERVAL, tuned.gossip()),
                given("cluster.probe-interval", PROBE_INTERVAL, tuned.probe()),
                probeTimeout,
                patience.compareTo(tuned.failure()) > 0 ? patience : tuned.failure());
    }

    private Duration given(String flag, Duration byDefault, Duration tuned) {
        Duration value = flags.duration(flag);
        return value.equals(byDefault) ? tuned : value;
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
