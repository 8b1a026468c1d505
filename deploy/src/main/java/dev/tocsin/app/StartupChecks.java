package dev.tocsin.app;

import dev.tocsin.app.flag.FlagValues;
import java.util.List;

/** What flags must not say, found before anything is opened (contract section 1.2). */
final class StartupChecks {
    private static final List<String> ALWAYS_POSITIVE = List.of(
            "data.retention",
            "journal.retention",
            "data.maintenance-interval",
            "alerts.gc-interval",
            "dispatch.maintenance-interval");
    private static final List<String> CLUSTER_POSITIVE = List.of(
            "cluster.peer-timeout",
            "cluster.peers-resolve-timeout",
            "cluster.gossip-interval",
            "cluster.pushpull-interval",
            "cluster.tcp-timeout",
            "cluster.probe-timeout",
            "cluster.probe-interval",
            "cluster.reconnect-interval",
            "cluster.reconnect-timeout");

    private static final long LEAST_JOURNAL = 1 << 20;

    private StartupChecks() {}

    /**
     * Refuses values that cannot work and settings that are not implemented but that somebody relies on.
     *
     * @throws StartupException naming the flag
     */
    static void check(FlagValues flags) throws StartupException {
        positive(flags, ALWAYS_POSITIVE);
        if (!flags.text("cluster.listen-address").isEmpty()) {
            positive(flags, CLUSTER_POSITIVE);
        }
        long journal = flags.bytes("journal.max-size");
        if (journal != 0 && journal < LEAST_JOURNAL) {
            throw new StartupException(
                    "--journal.max-size must be 0 or at least 1MB, got " + flags.text("journal.max-size"));
        }
        double ratio = Double.parseDouble(flags.text("auto-gomemlimit.ratio"));
        if (!(ratio > 0 && ratio <= 1)) {
            throw new StartupException("--auto-gomemlimit.ratio must be greater than 0 and less than or equal to 1");
        }
        if (flags.on("web.systemd-socket")) {
            throw new StartupException("--web.systemd-socket is not supported; use --web.listen-address");
        }
        List<String> addresses = flags.list("web.listen-address");
        if (addresses.isEmpty()) {
            throw new StartupException("at least one --web.listen-address is needed");
        }
        for (String address : addresses) {
            if (address.startsWith("vsock://")) {
                throw new StartupException("--web.listen-address=" + address + ": vsock is not supported");
            }
        }
    }

    private static void positive(FlagValues flags, List<String> names) throws StartupException {
        for (String name : names) {
            if (!flags.duration(name).isPositive()) {
                throw new StartupException("--" + name + " must be greater than 0, got " + flags.text(name));
            }
        }
    }
}
