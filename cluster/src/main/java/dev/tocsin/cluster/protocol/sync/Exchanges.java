package dev.tocsin.cluster.protocol.sync;

import dev.tocsin.cluster.proto.Channel;
import dev.tocsin.cluster.proto.Digest;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Page;
import dev.tocsin.cluster.proto.Pull;
import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Courier;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.core.replicate.Buckets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evens out what two nodes know: who begins sends its digests; the other one answers with its own and pulls what differs;
 * then who began pulls what differs. Pages follow as those before them are acknowledged. On the hub loop only.
 *
 * <p>Bounded: one exchange per peer, {@link #MOST_STREAMS} pulls of a peer at a time, each {@link #PAGES_AHEAD} pages ahead.
 */
final class Exchanges {
    /** A peer that pulls more than this at a time has lost count: the rest is ignored. */
    private static final int MOST_STREAMS = 16;

    /** So few that a slow connection has room for heartbeats, and no page is repeated because others are in front of it. */
    private static final int PAGES_AHEAD = 2;

    /** An exchange that has not moved for this long is given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Nor does a node that joins wait longer for one peer before it asks another one, too. */
    private static final Duration PEER_PATIENCE = Duration.ofSeconds(1);

    private static final Set<Channel> COMPARED = EnumSet.of(Channel.ALERTS, Channel.SILENCES, Channel.LOG);

    /** Hears how exchanges end that this node began. */
    interface Listener {
        /** This node knows all that {@code peer} knew when the exchange began. */
        void completed(String peer, boolean peerWasWarm);
    }

    /** An exchange that this node began. */
    private static final class Running {
        final int number;
        final boolean peerWarm;
        final Set<Channel> missing = EnumSet.copyOf(COMPARED);
        long movedNanos;

        Running(int number, boolean peerWarm, long movedNanos) {
            this.number = number;
            this.peerWarm = peerWarm;
            this.movedNanos = movedNanos;
        }
    }

    private final ClusterContext context;
    private final Members members;
    private final Courier courier;
    private final Channels channels;
    private final SyncMetrics metrics;
    private final Listener listener;
    private final Map<String, Running> running = new HashMap<>();
    private final Map<String, Integer> streams = new HashMap<>();
    private final RepeatedMessages repeated;
    private int counter;

    Exchanges(
            ClusterContext context,
            Members members,
            Courier courier,
            Channels channels,
            SyncMetrics metrics,
            Listener listener) {
        this.context = context;
        this.members = members;
        this.courier = courier;
        this.channels = channels;
        this.metrics = metrics;
        this.listener = listener;
        this.repeated = new RepeatedMessages(members);
    }

    boolean isRunning(String peer) {
        return running.containsKey(peer);
    }

    /** Whether an exchange with a warm peer goes on. */
    boolean isFetching() {
        long now = context.clock().nanoTime();
        for (Running exchange : running.values()) {
            if (exchange.peerWarm && now - exchange.movedNanos <= PEER_PATIENCE.toNanos()) {
                return true;
            }
        }
        return false;
    }

    /** Begins an exchange with a live peer, unless one is running. */
    void begin(String peer) {
        Members.Info info = members.info(peer);
        if (isRunning(peer) || info == null || !members.live().contains(peer)) {
            return;
        }
        // The two nodes of an exchange never count alike.
        int number = 2 * ++counter + (members.self().compareTo(peer) < 0 ? 0 : 1);
        running.put(peer, new Running(number, info.warm(), context.clock().nanoTime()));
        for (Channel channel : COMPARED) {
            deliver(peer, digest(channel, channels.digest(channel), number, true));
        }
    }

    /** Begins an exchange with a live peer in the place of one whose messages may be lost. */
    void restart(String peer) {
        streams.remove(peer);
        if (running.remove(peer) != null) {
            metrics.exchanged(false);
        }
        begin(peer);
    }

    private void deliver(String peer, Envelope.Builder message) {
        courier.deliver(peer, message, () -> {});
    }

    private Envelope.Builder digest(Channel channel, long[] sums, int number, boolean wantsAnswer) {
        Digest.Builder digest = Digest.newBuilder()
                .setChannel(channel)
                .setExchange(number)
                .setAnswer(wantsAnswer)
                .setJoining(!members.warm())
                .setSentAtWallMs(channels.wallMillis());
        for (long sum : sums) {
            digest.addBuckets(sum);
        }
        return Envelope.newBuilder().setDigest(digest);
    }

    /** Gives up what does not move any more. */
    void expire() {
        long now = context.clock().nanoTime();
        for (String peer : List.copyOf(running.keySet())) {
            Running exchange = running.get(peer);
            if (exchange != null
                    && (now - exchange.movedNanos > PATIENCE.toNanos()
                            || !members.live().contains(peer))) {
                running.remove(peer);
                metrics.exchanged(false);
            }
        }
        streams.keySet().retainAll(members.live());
        repeated.retain(members.live());
    }

    /**
     * A digest has come.
     *
     * @param delivery the number of the message, by which a repeated one is known; 0 if it has none
     * @throws IOException if it is of a later version
     */
    void take(String peer, long delivery, Digest digest) throws IOException {
        if (!COMPARED.contains(digest.getChannel()) || digest.getBucketsCount() != Buckets.COUNT) {
            throw new IOException("a digest of " + digest.getBucketsCount() + " buckets of channel "
                    + digest.getChannelValue() + ", of which this version knows nothing");
        }
        if (repeated.has(peer, delivery)) {
            return;
        }
        channels.clock(peer, digest.getSentAtWallMs());
        long[] ours = channels.digest(digest.getChannel());
        BitSet wanted = wanted(ours, digest);
        if (digest.getAnswer()) {
            deliver(peer, digest(digest.getChannel(), ours, digest.getExchange(), false));
            if (!wanted.isEmpty() && !isJoining()) {
                pull(peer, digest.getChannel(), digest.getExchange(), wanted);
            }
            return;
        }
        Running exchange = running(peer, digest.getExchange());
        if (exchange == null) {
            return;
        }
        if (wanted.isEmpty()) {
            finished(peer, exchange, digest.getChannel());
        } else {
            pull(peer, digest.getChannel(), exchange.number, wanted);
        }
    }

    /** Whether one peer tells all already. The others are compared with when that is done: all at once bring all twice. */
    private boolean isJoining() {
        return !members.warm() && isFetching();
    }

    /** Where they have something that differs from ours. From a node that has just begun there is nothing to be had. */
    private static BitSet wanted(long[] ours, Digest theirs) {
        BitSet wanted = new BitSet(ours.length);
        for (int i = 0; i < ours.length; i++) {
            if (ours[i] != theirs.getBuckets(i) && theirs.getBuckets(i) != 0) {
                wanted.set(i);
            }
        }
        return wanted;
    }

    /** Asks for alerts outside of an exchange. */
    void ask(String peer, BitSet buckets) {
        pull(peer, Channel.ALERTS, 0, buckets);
    }

    private void pull(String peer, Channel channel, int number, BitSet buckets) {
        Pull.Builder pull = Pull.newBuilder().setChannel(channel).setExchange(number);
        buckets.stream().forEach(pull::addBuckets);
        deliver(peer, Envelope.newBuilder().setPull(pull));
    }

    private @Nullable Running running(String peer, int number) {
        Running exchange = running.get(peer);
        if (exchange == null || exchange.number != number) {
            return null;
        }
        exchange.movedNanos = context.clock().nanoTime();
        return exchange;
    }

    private void finished(String peer, Running exchange, Channel channel) {
        exchange.missing.remove(channel);
        if (!exchange.missing.isEmpty()) {
            return;
        }
        if (channel != Channel.SCHEDULE && exchange.peerWarm && !members.warm()) {
            exchange.missing.add(Channel.SCHEDULE);
            pull(peer, Channel.SCHEDULE, exchange.number, new BitSet());
            return;
        }
        running.remove(peer);
        metrics.exchanged(true);
        listener.completed(peer, exchange.peerWarm);
    }

    /**
     * A peer asks for what is in some buckets.
     *
     * @param delivery the number of the message, by which a repeated one is known; 0 if it has none
     * @throws IOException if it is of a later version
     */
    void take(String peer, long delivery, Pull pull) throws IOException {
        known(pull.getChannel(), pull.getChannelValue());
        if (repeated.has(peer, delivery)) {
            return;
        }
        if (streams.getOrDefault(peer, 0) >= MOST_STREAMS) {
            return;
        }
        BitSet wanted = new BitSet(Buckets.COUNT);
        for (int bucket : pull.getBucketsList()) {
            if (bucket >= 0 && bucket < Buckets.COUNT) {
                wanted.set(bucket);
            }
        }
        streams.merge(peer, 1, Integer::sum);
        new Stream(peer, pull, channels.pages(pull.getChannel(), wanted)).sendNext();
    }

    /**
     * Pages on their way to a peer: the next one is made while the peer joins the one before. The last one waits until all
     * others are acknowledged, for it says that everything is there.
     */
    private final class Stream {
        private final String peer;
        private final Pull pull;
        private final Iterator<Page.Builder> pages;
        private int unacknowledged;
        private Page.@Nullable Builder last;

        Stream(String peer, Pull pull, Iterator<Page.Builder> pages) {
            this.peer = peer;
            this.pull = pull;
            this.pages = pages;
        }

        void sendNext() {
            while (last == null && unacknowledged < PAGES_AHEAD) {
                Page.Builder page = pages.hasNext() ? pages.next() : Page.newBuilder();
                if (pages.hasNext()) {
                    unacknowledged++;
                    send(page, this::acknowledged);
                } else {
                    last = page;
                }
            }
            if (last != null && unacknowledged == 0) {
                streams.computeIfPresent(peer, (name, open) -> open == 1 ? null : open - 1);
                send(last.setLast(true), () -> {});
            }
        }

        private void acknowledged() {
            unacknowledged--;
            sendNext();
        }

        private void send(Page.Builder page, Runnable acknowledged) {
            page.setChannel(pull.getChannel()).setExchange(pull.getExchange());
            courier.deliver(peer, Envelope.newBuilder().setPage(page), acknowledged);
        }
    }

    private static void known(Channel channel, int number) throws IOException {
        if (channel == Channel.UNRECOGNIZED) {
            throw new IOException("channel " + number + ", of which this version knows nothing");
        }
    }

    /**
     * A page has come.
     *
     * @param delivery the number of the message, by which a repeated one is known; 0 if it has none
     * @throws IOException if a part of it cannot be read; the rest is joined
     */
    void take(String peer, long delivery, Page page) throws IOException {
        known(page.getChannel(), page.getChannelValue());
        if (repeated.has(peer, delivery)) {
            return;
        }
        metrics.page(page.getChannel());
        try {
            channels.merge(peer, page);
        } finally {
            Running exchange = running(peer, page.getExchange());
            if (exchange != null && page.getLast()) {
                finished(peer, exchange, page.getChannel());
            }
        }
    }

    /** The peers that an exchange is running with. */
    List<String> peers() {
        return new ArrayList<>(running.keySet());
    }
}
