package dev.tocsin.cluster.atomix.link;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.HistogramFamily;
import dev.tocsin.core.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/** Counts what happens to connections (contract section 9 and our own). Safe for all threads. */
final class LinkMetrics {
    private static final double[] PING_BOUNDS = {.005, .01, .025, .05, .1, .25, .5};
    private static final double NANOS = 1e9;

    private final CounterFamily handshakes;
    private final CounterFamily lost;
    private final CounterFamily unsent;
    private final CounterFamily.Child frames;
    private final CounterFamily.Child malformed;
    private final HistogramFamily pings;
    private final CounterFamily.@Nullable Child tlsConnectionsSent;
    private final CounterFamily.@Nullable Child tlsConnectionsReceived;
    private final @Nullable CounterFamily tlsErrors;
    final CounterFamily.Child joined;
    final CounterFamily.Child left;
    final CounterFamily.Child updated;
    final CounterFamily.Child reconnected;
    final CounterFamily.Child reconnectFailed;
    final CounterFamily.Child lookups;
    final CounterFamily.Child lookupsFailed;
    final CounterFamily.Child nameConflicts;

    /**
     * Registers the families.
     *
     * @param tls whether connections use TLS: then its families are there, too
     */
    LinkMetrics(Metrics metrics, boolean tls) {
        if (tls) {
            tlsConnectionsSent = counter(
                    metrics, "alertmanager_tls_transport_stream_connections_sent_total", "TLS connections opened.");
            tlsConnectionsReceived = counter(
                    metrics,
                    "alertmanager_tls_transport_stream_connections_received_total",
                    "TLS connections accepted.");
            tlsErrors = metrics.counter(
                    "alertmanager_tls_transport_read_errors_total", "TLS connections that failed while reading.");
            tlsErrors.labels();
        } else {
            tlsConnectionsSent = null;
            tlsConnectionsReceived = null;
            tlsErrors = null;
        }
        handshakes = metrics.counter(
                "tocsin_cluster_handshake_failures_total",
                "Connections that failed before they were authenticated, by who opened them and why.",
                "direction",
                "reason");
        for (Refusal reason : Refusal.values()) {
            handshakes.labels("in", reason.label());
            handshakes.labels("out", reason.label());
        }
        lost = metrics.counter(
                "tocsin_cluster_connections_lost_total", "Authenticated connections that broke, by reason.", "reason");
        for (String reason : new String[] {"closed", "silent", "foreign", "tls"}) {
            lost.labels(reason);
        }
        unsent = metrics.counter(
                "tocsin_cluster_messages_unsent_total", "Messages that were not accepted for sending.", "reason");
        for (Link.Sent reason : Link.Sent.values()) {
            if (reason != Link.Sent.QUEUED) {
                unsent.labels(label(reason));
            }
        }
        malformed = metrics.counter(
                        "tocsin_cluster_messages_malformed_total",
                        "Messages of authenticated peers that could not be read.")
                .labels();
        frames = metrics.counter(
                        "tocsin_cluster_frames_refused_total",
                        "Frames of peers that were too long or malformed; their connections were closed.")
                .labels();
        pings = metrics.histogram(
                "alertmanager_cluster_pings_seconds", "Round trips of the pings on connections.", PING_BOUNDS, "peer");
        joined = counter(metrics, "alertmanager_cluster_peers_joined_total", "Peers that joined.");
        left = counter(metrics, "alertmanager_cluster_peers_left_total", "Peers that were lost or left.");
        updated = counter(metrics, "alertmanager_cluster_peers_update_total", "Peers that came back otherwise.");
        reconnected = counter(metrics, "alertmanager_cluster_reconnections_total", "Lost peers connected again.");
        reconnectFailed = counter(
                metrics,
                "alertmanager_cluster_reconnections_failed_total",
                "Failed attempts to connect to lost peers.");
        lookups = counter(
                metrics, "alertmanager_cluster_refresh_join_total", "Addresses found when peers' names were resolved.");
        lookupsFailed = counter(
                metrics,
                "alertmanager_cluster_refresh_join_failed_total",
                "Names of peers that could not be resolved.");
        nameConflicts = counter(
                metrics,
                "alertmanager_cluster_peer_name_conflicts_total",
                "Nodes that were refused because another one has their name.");
    }

    private static CounterFamily.Child counter(Metrics metrics, String name, String help) {
        return metrics.counter(name, help).labels();
    }

    void handshakeFailed(boolean outgoing, Refusal reason) {
        handshakes.labels(outgoing ? "out" : "in", reason.label()).increment();
    }

    void connected(boolean outgoing) {
        CounterFamily.Child connections = outgoing ? tlsConnectionsSent : tlsConnectionsReceived;
        if (connections != null) {
            connections.increment();
        }
    }

    void lost(String reason) {
        if (tlsErrors != null && reason.equals(Refusal.TLS.label())) {
            tlsErrors.labels().increment();
        }
        lost.labels(reason).increment();
    }

    void frameRefused() {
        frames.increment();
    }

    void malformed() {
        malformed.increment();
    }

    void unsent(Link.Sent reason) {
        unsent.labels(label(reason)).increment();
    }

    private static String label(Link.Sent reason) {
        return switch (reason) {
            case QUEUED -> "queued";
            case CLOSED -> "not_connected";
            case FULL -> "queue_full";
            case TOO_LONG -> "too_long";
        };
    }

    void roundTrip(String peer, long nanos) {
        pings.labels(peer).observe(nanos / NANOS);
    }

    /** Forgets a peer's pings. */
    void forget(String peer) {
        pings.remove(peer);
    }
}
