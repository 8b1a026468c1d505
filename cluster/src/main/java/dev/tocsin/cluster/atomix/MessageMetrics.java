package dev.tocsin.cluster.atomix;

import dev.tocsin.cluster.proto.Bundle;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.util.function.LongSupplier;

/** Counts messages as contract section 9 names them. Safe for all threads. */
final class MessageMetrics {
    private static final String FULL_STATE = "full_state";
    private static final String UPDATE = "update";
    private static final double[] OVERSIZE_SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    private final Flow received;
    private final Flow sent;
    private final CounterFamily alive;
    private final CounterFamily.Child malformed;
    private final CounterFamily.Child unknown;

    MessageMetrics(Metrics metrics, String self, LongSupplier queuedBytes) {
        received = new Flow(
                metrics.counter(
                        "alertmanager_cluster_messages_received_total", "Messages received from peers.", "msg_type"),
                metrics.counter(
                        "alertmanager_cluster_messages_received_size_total",
                        "Bytes of messages received.",
                        "msg_type"));
        sent = new Flow(
                metrics.counter("alertmanager_cluster_messages_sent_total", "Messages sent to peers.", "msg_type"),
                metrics.counter(
                        "alertmanager_cluster_messages_sent_size_total", "Bytes of messages sent.", "msg_type"));
        alive = metrics.counter(
                "alertmanager_cluster_alive_messages_total", "Gossip about members received, by peer.", "peer");
        unknown = metrics.counter(
                        "tocsin_cluster_messages_unknown_total",
                        "Messages of authenticated peers that only a later version can read; they were ignored.")
                .labels();
        malformed = metrics.counter(
                        "tocsin_cluster_messages_malformed_total",
                        "Messages of authenticated peers that could not be read.")
                .labels();
        metrics.counter(
                        "alertmanager_cluster_messages_pruned_total",
                        "Messages dropped from queues; always 0, what does not fit is refused to its sender.")
                .labels();
        for (String key : new String[] {"nfl", "sil"}) {
            for (String what : new String[] {"sent", "failure", "dropped"}) {
                metrics.counter(
                                "alertmanager_oversized_gossip_message_" + what + "_total",
                                "Always 0: no message is too large for the way that all messages take.",
                                "key")
                        .labels(key);
            }
            metrics.histogram(
                            "alertmanager_oversize_gossip_message_duration_seconds",
                            "Always empty: no message is too large for the way that all messages take.",
                            OVERSIZE_SECONDS,
                            "key")
                    .labels(key);
        }
        metrics.gauge("tocsin_cluster_queued_bytes", "Bytes that wait to be sent to peers.")
                .labels()
                .set(queuedBytes::getAsLong);
        metrics.gauge("alertmanager_cluster_peer_info", "This node's name; the value is always 1.", "peer")
                .labels(self)
                .set(1);
    }

    CounterFamily alive() {
        return alive;
    }

    /** @param bytes of all of them */
    void received(Bundle bundle, int bytes) {
        int states = 0;
        long stateBytes = 0;
        for (Envelope message : bundle.getMessagesList()) {
            if (isState(message)) {
                states++;
                stateBytes += message.getSerializedSize();
            }
        }
        received.states(states, stateBytes);
        received.updates(bundle.getMessagesCount() - states, bytes - stateBytes);
    }

    void sent(Envelope message) {
        if (isState(message)) {
            sent.states(1, message.getSerializedSize());
        } else {
            sent.updates(1, message.getSerializedSize());
        }
    }

    private static boolean isState(Envelope message) {
        return switch (message.getBodyCase()) {
            case DIGEST, PULL, PAGE -> true;
            default -> false;
        };
    }

    /** Messages of one direction. */
    private static final class Flow {
        private final CounterFamily.Child states;
        private final CounterFamily.Child stateBytes;
        private final CounterFamily.Child updates;
        private final CounterFamily.Child updateBytes;

        Flow(CounterFamily messages, CounterFamily bytes) {
            states = messages.labels(FULL_STATE);
            stateBytes = bytes.labels(FULL_STATE);
            updates = messages.labels(UPDATE);
            updateBytes = bytes.labels(UPDATE);
        }

        void states(int count, long bytes) {
            states.add(count);
            stateBytes.add((double) bytes);
        }

        void updates(int count, long bytes) {
            updates.add(count);
            updateBytes.add((double) bytes);
        }
    }

    void unknown() {
        unknown.increment();
    }

    void malformed() {
        malformed.increment();
    }

    /** Nobody may have gossiped yet: the series is there all the same. */
    void meet(String peer) {
        alive.labels(peer);
    }

    void forget(String peer) {
        alive.remove(peer);
    }
}
