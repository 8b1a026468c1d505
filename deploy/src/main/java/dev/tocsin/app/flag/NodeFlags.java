package dev.tocsin.app.flag;

import static dev.tocsin.app.flag.Flag.Kind.LIST;
import static dev.tocsin.app.flag.Flag.Kind.SWITCH;
import static dev.tocsin.app.flag.Flag.Kind.VALUE;

import dev.tocsin.core.time.GoDuration;
import dev.tocsin.core.time.InvalidTimeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The flags of a node: Alertmanager's, name by name and default by default (contract section 1.2). */
public final class NodeFlags {
    private final List<Flag> flags = new ArrayList<>();

    private NodeFlags() {
        process();
        web();
        grpc();
        cluster();
        logging();
    }

    /** The flags, in the order in which help shows them. */
    public static List<Flag> all() {
        return List.copyOf(new NodeFlags().flags);
    }

    private void process() {
        text("config.file", "alertmanager.yml", "The configuration file.");
        text(
                "storage.path",
                "data/",
                "The folder for alerts, silences and the notification log; made if it is missing.");
        duration("data.retention", "120h", "How long notification log entries and ended silences are kept.");
        duration(
                "data.maintenance-interval",
                "15m",
                "How often silences and notification log are cleaned and snapshot.");
        duration("journal.retention", "168h", "How long the journal keeps what was decided and why.");
        add(
                "journal.max-size",
                VALUE,
                "512MB",
                "How large the journal may get on disk; 0 keeps the newest events in memory only.",
                ByteSize::problem);
        whole("silences.max-silences", "0", "The most silences, expired ones included; 0 for no limit.");
        whole("silences.max-silence-size-bytes", "0", "The largest silence in bytes as it is stored; 0 for no limit.");
        toggle("log.silences", "Log when silences are created, updated and expired.");
        duration("alerts.gc-interval", "30m", "How often alerts that have ended are forgotten.");
        whole("alerts.per-alertname-limit", "0", "The most alerts of one alertname; 0 for no limit.");
        add("alerts.source-aware", SWITCH, "true", "Keep one report per sender of a redundant pair.", NodeFlags::any);
        duration("dispatch.maintenance-interval", "30s", "How often aggregation groups that ended are removed.");
        duration("dispatch.start-delay", "0s", "Send nothing until the process has run this long.");
        text("enable-feature", "", "Features to turn on, separated by commas.");
        fraction("auto-gomemlimit.ratio", "0.9", "Accepted for compatibility; the heap is sized by the launcher.");
    }

    private void web() {
        toggle("web.systemd-socket", "Not supported: the node refuses to start with it.");
        add(
                "web.listen-address",
                LIST,
                ":9093",
                "Where to listen for HTTP; host:port, :port, [ipv6]:port; port 0 picks one.",
                NodeFlags::any);
        text(
                "web.config.file",
                "",
                "TLS, users and headers of the ports, in the format of the Prometheus exporter toolkit.");
        text("web.external-url", "", "The address under which people reach this hub; links in notifications use it.");
        text("web.route-prefix", "", "The prefix of all HTTP paths; by default the path of the external URL.");
        whole(
                "web.get-concurrency",
                "0",
                "The most GET requests at a time; below 1 for the larger of 8 and the processors.");
        duration("web.timeout", "0", "How long a request may take; 0 for no limit.");
    }

    private void grpc() {
        text(
                "grpc.listen-address",
                "127.0.0.1:9095",
                "Where to listen for gRPC, host:port; guarded by --web.config.file as HTTP is; empty turns it off.");
    }

    private void cluster() {
        text("cluster.listen-address", "0.0.0.0:9094", "Where to listen for other nodes; empty turns clustering off.");
        text("cluster.advertise-address", "", "The ip:port that other nodes are told.");
        text("cluster.peer-name", "", "This node's name; by default a random one that is kept in the storage folder.");
        add("cluster.peer", LIST, "", "A node to join, host:port.", NodeFlags::any);
        duration(
                "cluster.peer-timeout",
                "15s",
                "Accepted, without effect: the owner of a group sends, nobody waits in line.");
        duration("cluster.peers-resolve-timeout", "15s", "How long names of peers may take to resolve at start.");
        duration("cluster.gossip-interval", "1s", "How often changes of membership are passed on.");
        duration(
                "cluster.pushpull-interval",
                "1m0s",
                "Accepted, without effect: states are compared every 30 s and after each loss of a connection.");
        duration("cluster.tcp-timeout", "10s", "How long connecting, reading and writing between nodes may take.");
        duration("cluster.probe-timeout", "500ms", "How long a probed node may take to answer.");
        duration("cluster.probe-interval", "5s", "How often a random node is probed.");
        duration(
                "cluster.settle-timeout",
                "1m0s",
                "Accepted, without effect: a node is ready when it knows what the others know.");
        duration("cluster.reconnect-interval", "10s", "How often lost peers are tried again.");
        duration("cluster.reconnect-timeout", "6h0m0s", "After how long lost peers are forgotten.");
        duration(
                "cluster.minority-wait",
                "45s",
                "How long a node that does not reach half of the others holds a notification before it sends it marked.");
        choice(
                "cluster.tie",
                "wait",
                "What exactly half of the nodes do: wait like a minority unless the best-ranked one is among them, or send.",
                List.of("wait", "send"),
                "cluster.tie is wait or send, not ");
        text(
                "cluster.tls-config",
                "",
                "The file that configures mutual TLS between nodes; empty for plain connections.");
        toggle(
                "cluster.allow-insecure-public-advertise-address-discovery",
                "Let the node advertise a public address that it found by itself.");
        add(
                "cluster.label",
                VALUE,
                "",
                "Keeps clusters apart: nodes with another label are refused.",
                text -> text.getBytes(StandardCharsets.UTF_8).length > 255
                        ? Optional.of("cluster.label must not be longer than 255 bytes")
                        : Optional.empty());
    }

    private void logging() {
        choice(
                "log.level",
                "info",
                "The least severe messages to log: debug, info, warn, error.",
                List.of("debug", "info", "warn", "error"),
                "unrecognized log level ");
        choice(
                "log.format",
                "logfmt",
                "The form of log lines: logfmt or json.",
                List.of("logfmt", "json"),
                "unrecognized log format ");
    }

    private void text(String name, String defaultText, String help) {
        add(name, VALUE, defaultText, help, NodeFlags::any);
    }

    private void toggle(String name, String help) {
        add(name, SWITCH, "false", help, NodeFlags::any);
    }

    private void duration(String name, String defaultText, String help) {
        add(name, VALUE, defaultText, help, NodeFlags::durationProblem);
    }

    private void whole(String name, String defaultText, String help) {
        add(name, VALUE, defaultText, help, text -> {
            try {
                Long.parseLong(text);
                return Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.of("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
            }
        });
    }

    private void fraction(String name, String defaultText, String help) {
        add(name, VALUE, defaultText, help, text -> {
            try {
                Double.parseDouble(text);
                return Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.of("strconv.ParseFloat: parsing \"" + text + "\": invalid syntax");
            }
        });
    }

    private void choice(String name, String defaultText, String help, List<String> values, String complaint) {
        add(
                name,
                VALUE,
                defaultText,
                help,
                text -> values.contains(text) ? Optional.empty() : Optional.of(complaint + text));
    }

    private static Optional<String> durationProblem(String text) {
        try {
            GoDuration.parseFlag(text);
            return Optional.empty();
        } catch (InvalidTimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> any(String text) {
        return Optional.empty();
    }

    private void add(
            String name, Flag.Kind kind, String defaultText, String help, Function<String, Optional<String>> check) {
        flags.add(new Flag(name, kind, defaultText, help, check));
    }
}
