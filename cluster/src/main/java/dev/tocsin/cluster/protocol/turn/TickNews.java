package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.TickDone;
import dev.tocsin.cluster.proto.TickDones;
import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Courier;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.core.group.AggregationGroup;
import dev.tocsin.core.group.GroupTurn;
import dev.tocsin.core.runtime.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the other nodes what came of this node's flushes, those of a short while together. Used on the hub loop only.
 * Bounded by the flushes of that while; messages are split by their size.
 */
final class TickNews {
    /** How long a flush waits for others to be told with. */
    static final Duration BATCH = Duration.ofMillis(50);

    /** A message is closed when it has become this big. */
    private static final int FULL_BYTES = 64 << 10;

    private record Flushed(AggregationGroup group, GroupTurn turn) {}

    private final ClusterContext context;
    private final Members members;
    private final Courier courier;
    private final TickCodec codec;
    private final List<Flushed> pending = new ArrayList<>();
    private Cancellable timer = Cancellable.NONE;

    TickNews(ClusterContext context, Members members, Courier courier, TickCodec codec) {
        this.context = context;
        this.members = members;
        this.courier = courier;
        this.codec = codec;
    }

    void add(AggregationGroup group, GroupTurn turn) {
        pending.add(new Flushed(group, turn));
        if (pending.size() == 1) {
            timer = context.loop().schedule(BATCH, this::send);
        }
    }

    /** Sends at once what is waiting. */
    void send() {
        timer.cancel();
        List<Flushed> flushes = List.copyOf(pending);
        pending.clear();
        if (members.live().size() < 2) {
            return;
        }
        TickDones.Builder message = begin();
        int bytes = 0;
        for (Flushed flushed : flushes) {
            TickDone done = write(flushed);
            message.addDone(done);
            bytes += done.getSerializedSize();
            if (bytes >= FULL_BYTES) {
                courier.deliverToAll(Envelope.newBuilder().setTicksDone(message));
                message = begin();
                bytes = 0;
            }
        }
        if (message.getDoneCount() > 0) {
            courier.deliverToAll(Envelope.newBuilder().setTicksDone(message));
        }
    }

    private TickDones.Builder begin() {
        return TickDones.newBuilder()
                .setSentAtWallMs(context.clock().now().toEpochMilli())
                .setConfigHash(Peers.configHash(members, members.self()));
    }

    private TickDone write(Flushed flushed) {
        GroupTurn turn = flushed.turn;
        TickDone.Builder done = codec.write(flushed.group.id(), turn.tickNanos(), flushed.group.nextDueNanos())
                .setOk(turn.ok())
                .setOver(turn.over());
        turn.removed().forEach(alert -> done.addRemoved(TickCodec.removed(alert)));
        return done.build();
    }
}
