package dev.tocsin.cluster.protocol.sync;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Courier;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.core.runtime.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sends changes to all live peers and waits for some of them, but not for long. On the hub loop only. Bounded by the
 * courier, which drops what a peer does not take; what is remembered here goes when the wait is over and the peers have
 * answered or are gone.
 */
final class Pushes {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final ClusterContext context;
    private final Members members;
    private final Courier courier;
    private final SyncMetrics metrics;
    private final Set<Wait> open = new LinkedHashSet<>();
    private volatile long oldestNanos;
    private volatile boolean lagging;

    Pushes(ClusterContext context, Members members, Courier courier) {
        this.context = context;
        this.members = members;
        this.courier = courier;
        this.metrics = new SyncMetrics(context.metrics(), this::lagSeconds);
    }

    SyncMetrics metrics() {
        return metrics;
    }

    private double lagSeconds() {
        return lagging ? (double) (context.clock().nanoTime() - oldestNanos) / NANOS_PER_SECOND : 0;
    }

    /** One change on its way. */
    private final class Wait {
        private final String channel;
        private final Set<String> missing;
        private final Runnable done;
        private final Runnable missed;
        private final long startNanos = context.clock().nanoTime();
        private int needed;
        private boolean answered;
        private Cancellable timer = Cancellable.NONE;

        Wait(String channel, Set<String> peers, int needed, Runnable done, Runnable missed) {
            this.channel = channel;
            this.missing = new HashSet<>(peers);
            this.needed = needed;
            this.done = done;
            this.missed = missed;
        }

        void acknowledged(String peer) {
            if (missing.remove(peer)) {
                needed--;
                if (needed == 0 && !answered) {
                    metrics.acknowledged(channel, context.clock().nanoTime() - startNanos);
                    answer();
                }
                settle();
            }
        }

        void answer() {
            answered = true;
            timer.cancel();
            done.run();
        }

        void settle() {
            if (answered && missing.isEmpty()) {
                open.remove(this);
                measure();
            }
        }
    }

    /**
     * Sends one change.
     *
     * @param channel for the metrics
     * @param needed how many peers should have it
     * @param bound how long to wait for them
     * @param held runs when they have it, or the wait is over
     * @param missed runs before, if fewer of them than needed can have it, or have it in time
     */
    void push(String channel, Envelope.Builder message, int needed, Duration bound, Runnable held, Runnable missed) {
        Set<String> peers = new HashSet<>(members.live());
        peers.remove(members.self());
        metrics.pushed(channel, peers.size(), message.build().getSerializedSize());
        boolean enough = peers.size() >= needed;
        if (!enough) {
            metrics.missed(channel);
            missed.run();
        }
        Wait wait = new Wait(channel, peers, Math.min(needed, peers.size()), held, enough ? missed : () -> {});
        if (wait.needed == 0) {
            wait.answer();
        } else {
            wait.timer = context.loop().schedule(bound, () -> {
                if (!wait.answered) {
                    if (enough) {
                        metrics.missed(channel);
                        missed.run();
                    }
                    wait.answer();
                    wait.settle();
                }
            });
        }
        if (!peers.isEmpty()) {
            open.add(wait);
            measure();
            for (String peer : new ArrayList<>(peers)) {
                courier.deliver(peer, message, () -> wait.acknowledged(peer));
            }
        }
    }

    /** Peers that are gone are not waited for. */
    void membersChanged() {
        for (Wait wait : List.copyOf(open)) {
            wait.missing.retainAll(members.live());
            if (wait.missing.isEmpty() && !wait.answered) {
                metrics.missed(wait.channel);
                wait.missed.run();
                wait.answer();
            }
            wait.settle();
        }
    }

    private void measure() {
        lagging = !open.isEmpty();
        if (lagging) {
            oldestNanos = open.iterator().next().startNanos;
        }
    }
}
