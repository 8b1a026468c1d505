package dev.tocsin.cluster.atomix;

import dev.tocsin.cluster.proto.Bundle;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the tasks that wait in the hub loop say to each peer, so that a busy node sends few frames and an idle one
 * does not wait: what is added goes out when the tasks before have run, or at once with an outcome, which peers must know
 * before this node dies. A node that has much to say sends a bundle every {@link #PACE_NANOS}: each costs a system call and a
 * wake-up at both ends. On the hub loop only. Bounded per peer at {@link #MOST_BYTES} and one message.
 */
final class Bundles {
    /** A bundle does not grow beyond this, but for a message that is longer by itself. */
    static final int MOST_BYTES = 64 << 10;

    /** What stands around a message in its bundle and frame at most, in bytes. */
    private static final int AROUND = 32;

    /** How far apart bundles for one peer are, but for the first few. */
    static final long PACE_NANOS = 2_000_000;

    /** What goes along with something else goes alone after this long. */
    static final Duration ALONE_AFTER = Duration.ofMillis(20);

    /** So many bundles may follow each other at once: questions, answers and what follows from these when little happens. */
    static final int AT_ONCE = 5;

    private final Scheduler loop;
    private final Clock clock;
    private final Room room;
    private final BiConsumer<String, Bundle> send;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private boolean planned;
    private boolean ticking;
    private boolean accompanying;

    /** Knows whether a connection takes more. */
    @FunctionalInterface
    interface Room {
        /** Whether so many {@code bytes} would be on their way to {@code peer} after others that are {@code waiting}. */
        boolean has(String peer, long bytes, long waiting);
    }

    private static final class Waiting {
        final List<Envelope> messages = new ArrayList<>();
        int bytes;
        /** When the bundles that were sent would have ended at the pace; in the past if there were few. */
        long pacedNanos;

        Waiting(long nowNanos) {
            pacedNanos = nowNanos;
        }
    }

    /** @param send sends at once; what it cannot send is lost */
    Bundles(Scheduler loop, Clock clock, Room room, BiConsumer<String, Bundle> send) {
        this.loop = loop;
        this.clock = clock;
        this.room = room;
        this.send = send;
    }

    /**
     * Lets a message go out soon.
     *
     * @return false if there is no connection, or too much waits on it already
     */
    boolean add(String peer, Envelope message) {
        Waiting bag = put(peer, message);
        if (bag == null) {
            return false;
        }
        if (message.hasLogPush()) {
            send(peer, bag);
        } else {
            plan();
        }
        return true;
    }

    /** As {@link #add}, but the message may wait for others, up to {@link #ALONE_AFTER}. */
    boolean addAlong(String peer, Envelope message) {
        if (put(peer, message) == null) {
            return false;
        }
        if (!planned && !accompanying) {
            accompanying = true;
            loop.schedule(ALONE_AFTER, () -> {
                accompanying = false;
                plan();
            });
        }
        return true;
    }

    private void plan() {
        if (!planned && !ticking) {
            planned = true;
            loop.execute(this::sendPaced);
        }
    }

    /** @return null if there is no room */
    private @Nullable Waiting put(String peer, Envelope message) {
        Waiting bag = waiting.computeIfAbsent(peer, name -> new Waiting(clock.nanoTime()));
        int bytes = message.getSerializedSize() + AROUND;
        if (!room.has(peer, bytes, bag.bytes)) {
            return null;
        }
        if (bag.bytes + bytes > MOST_BYTES) {
            send(peer, bag);
        }
        bag.messages.add(message);
        bag.bytes += bytes;
        return bag;
    }

    private void sendPaced() {
        planned = false;
        long now = clock.nanoTime();
        long longest = 0;
        for (Map.Entry<String, Waiting> entry : waiting.entrySet()) {
            Waiting bag = entry.getValue();
            long wait = bag.messages.isEmpty() ? 0 : bag.pacedNanos - now - (AT_ONCE - 1) * PACE_NANOS;
            if (wait > 0) {
                longest = Math.max(longest, wait);
            } else {
                send(entry.getKey(), bag);
            }
        }
        if (longest > 0) {
            ticking = true;
            loop.schedule(Duration.ofNanos(longest), () -> {
                ticking = false;
                sendPaced();
            });
        }
    }

    /** Sends all that waits. */
    void send() {
        waiting.forEach(this::send);
    }

    private void send(String peer, Waiting bag) {
        if (!bag.messages.isEmpty()) {
            send.accept(peer, Bundle.newBuilder().addAllMessages(bag.messages).build());
            bag.messages.clear();
            bag.bytes = 0;
            long now = clock.nanoTime();
            long ahead = Math.clamp(bag.pacedNanos - now, 0, (AT_ONCE - 1) * PACE_NANOS); // outcomes keep no pace
            bag.pacedNanos = now + ahead + PACE_NANOS;
        }
    }

    /** Drops what waits for a peer that is gone for good. */
    void forget(String peer) {
        waiting.remove(peer);
    }
}
