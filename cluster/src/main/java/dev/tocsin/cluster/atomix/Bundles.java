package dev.tocsin.cluster.atomix;

import dev.tocsin.cluster.proto.Bundle;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.core.runtime.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Collects what the tasks that wait in the hub loop say to each peer, so that a busy node sends few frames and an idle one
 * does not wait: what is added goes out when the tasks before have run, or at once with an outcome, which peers must know
 * before this node dies. On the hub loop only. Bounded per peer at {@link
 * #MOST_BYTES} and one message.
 */
final class Bundles {
    /** A bundle does not grow beyond this, but for a message that is longer by itself. */
    static final int MOST_BYTES = 64 << 10;

    /** What stands around a message in its bundle and frame at most, in bytes. */
    private static final int AROUND = 32;

    private final Scheduler loop;
    private final Room room;
    private final BiConsumer<String, Bundle> send;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private boolean planned;

    /** Knows whether a connection takes more. */
    @FunctionalInterface
    interface Room {
        /** Whether so many {@code bytes} would be on their way to {@code peer} after others that are {@code waiting}. */
        boolean has(String peer, long bytes, long waiting);
    }

    private static final class Waiting {
        final List<Envelope> messages = new ArrayList<>();
        int bytes;
    }

    /** @param send sends at once; what it cannot send is lost */
    Bundles(Scheduler loop, Room room, BiConsumer<String, Bundle> send) {
        this.loop = loop;
        this.room = room;
        this.send = send;
    }

    /**
     * Lets a message go out soon.
     *
     * @return false if there is no connection, or too much waits on it already
     */
    boolean add(String peer, Envelope message) {
        Waiting bag = waiting.computeIfAbsent(peer, name -> new Waiting());
        int bytes = message.getSerializedSize() + AROUND;
        if (!room.has(peer, bytes, bag.bytes)) {
            return false;
        }
        if (bag.bytes + bytes > MOST_BYTES) {
            send(peer, bag);
        }
        bag.messages.add(message);
        bag.bytes += bytes;
        if (message.hasLogPush()) {
            send(peer, bag);
        } else if (!planned) {
            planned = true;
            loop.execute(this::send);
        }
        return true;
    }

    /** Sends all that waits. */
    void send() {
        planned = false;
        waiting.forEach(this::send);
    }

    private void send(String peer, Waiting bag) {
        if (!bag.messages.isEmpty()) {
            send.accept(peer, Bundle.newBuilder().addAllMessages(bag.messages).build());
            bag.messages.clear();
            bag.bytes = 0;
        }
    }

    /** Drops what waits for a peer that is gone for good. */
    void forget(String peer) {
        waiting.remove(peer);
    }
}
