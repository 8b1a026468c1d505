package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.Ack;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.runtime.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends, and repeats what must arrive until the peer has acknowledged it or is no longer live (PROTOCOL section 2). What
 * is still outstanding then is dropped: the digest exchange at the reconnect tells the peer.
 *
 * <p>Used on the hub loop only. Bounded per peer in messages and bytes; beyond that the outbox is emptied, and whoever
 * listens must compare states with the peer instead.
 */
public final class OutboxCourier implements Courier, Part {
    /** More outstanding messages than this are not kept for a peer. */
    static final int MOST_MESSAGES = 16_384;

    /** Nor more bytes than this. */
    static final long MOST_BYTES = 32 << 20;

    /** How many messages one round repeats to a peer at most: a slow peer is not made slower. */
    static final int REPEATED_AT_ONCE = 512;

    private static final Logger log = LoggerFactory.getLogger(OutboxCourier.class);

    private final ClusterContext context;
    private final Members members;
    private final Consumer<String> overflowed;
    private final CounterFamily.Child overflows;
    private final Map<String, Outbox> outboxes = new TreeMap<>();
    private final Map<String, Receipts> unacknowledged = new TreeMap<>();
    private long nextDelivery = 1;
    private Cancellable timer = Cancellable.NONE;
    private boolean ticking;
    private final AtomicInteger outstanding = new AtomicInteger();

    /** @param overflowed hears of a peer to which messages were dropped though it is live */
    public OutboxCourier(ClusterContext context, Members members, Consumer<String> overflowed) {
        this.context = context;
        this.members = members;
        this.overflowed = overflowed;
        this.overflows = context.metrics()
                .counter(
                        "tocsin_cluster_outbox_overflows_total",
                        "How often a live peer fell so far behind that states had to be compared.")
                .labels();
        context.metrics()
                .gauge("tocsin_cluster_outbox_messages", "Messages that peers have not acknowledged yet.")
                .labels()
                .set(outstanding::get);
        context.metrics()
                .gauge("alertmanager_cluster_messages_queued", "Messages that peers have not acknowledged yet.")
                .labels()
                .set(outstanding::get);
        members.listen(new Members.Listener() {
            @Override
            public void changed() {
                dropDead();
            }

            @Override
            public void reconnected(String peer) {
                sendFirst(peer);
            }
        });
    }

    private static final class Letter {
        final Envelope message;
        final int bytes;
        final Runnable acknowledged;
        long sentNanos;
        /** Whether there was a connection that took it. */
        boolean sent;

        Letter(Envelope message, Runnable acknowledged, long sentNanos) {
            this.message = message;
            this.bytes = message.getSerializedSize();
            this.acknowledged = acknowledged;
            this.sentNanos = sentNanos;
        }
    }

    /** What one peer has not acknowledged, oldest first. */
    private static final class Outbox {
        final Map<Long, Letter> letters = new TreeMap<>();
        long bytes;
    }

    /** What a peer has delivered in this turn of the loop. */
    private static final class Receipts {
        final List<Long> deliveries = new ArrayList<>();
        boolean waitedFor;
    }

    @Override
    public void send(String peer, Envelope.Builder message) {
        context.transport().send(peer, message.build());
    }

    @Override
    public void deliver(String peer, Envelope.Builder message, Runnable acknowledged) {
        if (!members.live().contains(peer)) {
            return;
        }
        Outbox outbox = outboxes.computeIfAbsent(peer, name -> new Outbox());
        long delivery = nextDelivery++;
        Envelope envelope = message.setDelivery(delivery).build();
        Letter letter = new Letter(envelope, acknowledged, context.clock().nanoTime());
        if (outbox.letters.size() >= MOST_MESSAGES || outbox.bytes + letter.bytes > MOST_BYTES) {
            overflow(peer);
            return;
        }
        outbox.letters.put(delivery, letter);
        outbox.bytes += letter.bytes;
        outstanding.incrementAndGet();
        letter.sent = context.transport().send(peer, envelope);
        tickLater();
    }

    private void overflow(String peer) {
        drop(peer);
        overflows.increment();
        log.atWarn()
                .addKeyValue("component", "cluster")
                .addKeyValue("peer", peer)
                .addKeyValue("limit", MOST_MESSAGES)
                .log("Peer does not keep up; comparing states instead");
        overflowed.accept(peer);
    }

    @Override
    public void deliverToAll(Envelope.Builder message) {
        for (String peer : List.copyOf(members.live())) {
            if (!peer.equals(members.self())) {
                deliver(peer, message, () -> {});
            }
        }
    }

    @Override
    public boolean take(String peer, Envelope message) {
        if (!message.hasAck()) {
            return false;
        }
        Ack ack = message.getAck();
        Outbox outbox = outboxes.get(peer);
        if (outbox != null && ack.getIncarnation() == context.incarnation()) {
            for (long delivery : ack.getDeliveriesList()) {
                Letter letter = outbox.letters.remove(delivery);
                if (letter != null) {
                    outbox.bytes -= letter.bytes;
                    outstanding.decrementAndGet();
                    letter.acknowledged.run();
                }
            }
        }
        return true;
    }

    /** Acknowledges {@code message} if it asks for that; to be called when a part has taken it. */
    public void taken(String peer, Envelope message) {
        if (message.getDelivery() == 0) {
            return;
        }
        Receipts receipts = unacknowledged.computeIfAbsent(peer, name -> new Receipts());
        receipts.deliveries.add(message.getDelivery());
        receipts.waitedFor |= isWaitedFor(message);
        if (receipts.deliveries.size() == 1) {
            context.loop().execute(() -> acknowledge(peer));
        }
    }

    /** Whether something at the sender goes on only when this is acknowledged. */
    private static boolean isWaitedFor(Envelope message) {
        return switch (message.getBodyCase()) {
            case LOG_PUSH, TICKS_DONE, RELEASE -> false;
            default -> true;
        };
    }

    private void acknowledge(String peer) {
        Receipts receipts = unacknowledged.remove(peer);
        Members.Info info = members.info(peer);
        if (receipts == null || info == null) {
            return;
        }
        Ack ack = Ack.newBuilder()
                .addAllDeliveries(receipts.deliveries)
                .setIncarnation(info.incarnation())
                .build();
        Envelope message = Envelope.newBuilder().setAck(ack).build();
        if (receipts.waitedFor) {
            context.transport().send(peer, message);
        } else {
            context.transport().sendAlong(peer, message);
        }
    }

    private void tickLater() {
        if (!ticking) {
            ticking = true;
            timer = context.loop().schedule(context.timings().resend(), this::tick);
        }
    }

    private void tick() {
        ticking = false;
        long now = context.clock().nanoTime();
        long patience = context.timings().resend().toNanos();
        outboxes.forEach((peer, outbox) -> {
            int repeated = 0;
            for (Letter letter : outbox.letters.values()) {
                if (repeated == REPEATED_AT_ONCE) {
                    break;
                }
                if (now - letter.sentNanos >= patience) {
                    letter.sentNanos = now;
                    repeated++;
                    if (!context.transport().send(peer, letter.message)) {
                        break;
                    }
                    letter.sent = true;
                }
            }
        });
        if (outstanding.get() > 0) {
            tickLater();
        }
    }

    /** What no connection has taken yet need not wait until it would be repeated. */
    private void sendFirst(String peer) {
        Outbox outbox = outboxes.get(peer);
        if (outbox == null) {
            return;
        }
        for (Letter letter : outbox.letters.values()) {
            if (!letter.sent) {
                letter.sent = context.transport().send(peer, letter.message);
                letter.sentNanos = context.clock().nanoTime();
                if (!letter.sent) {
                    return;
                }
            }
        }
    }

    private void dropDead() {
        for (String peer : List.copyOf(outboxes.keySet())) {
            if (!members.live().contains(peer)) {
                drop(peer);
            }
        }
    }

    private void drop(String peer) {
        Outbox outbox = outboxes.remove(peer);
        if (outbox != null) {
            outstanding.addAndGet(-outbox.letters.size());
        }
    }

    /** How many messages {@code peer} has not acknowledged yet. */
    public int outstanding(String peer) {
        Outbox outbox = outboxes.get(peer);
        return outbox == null ? 0 : outbox.letters.size();
    }

    /** Repeats nothing any more. */
    public void stop() {
        timer.cancel();
        ticking = true;
    }
}
