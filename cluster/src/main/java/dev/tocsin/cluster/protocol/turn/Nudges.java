package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Nudge;
import dev.tocsin.cluster.proto.NudgeAnswer;
import dev.tocsin.cluster.proto.TickDone;
import dev.tocsin.cluster.protocol.Courier;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.AggregationGroup;
import dev.tocsin.core.group.Dispatcher;
import dev.tocsin.core.group.GroupId;
import dev.tocsin.core.runtime.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks the node whose turn it is what became of a due group, and answers such questions. Used on the hub loop only. */
final class Nudges {
    /** A nudge brings no more alerts than this: the rest follows with the exchange of digests. */
    static final int MOST_ALERTS = 100;

    /** Timers of different nodes for one tick end this close to each other. */
    private static final long SLACK_MILLIS = 1000;

    private final Members members;
    private final Courier courier;
    private final AlertParcels parcels;
    private final TickCodec codec;
    private final Clock clock;

    Nudges(Members members, Courier courier, AlertParcels parcels, TickCodec codec, Clock clock) {
        this.members = members;
        this.courier = courier;
        this.parcels = parcels;
        this.codec = codec;
        this.clock = clock;
    }

    void ask(String owner, AggregationGroup group) {
        List<Alert> alerts = new ArrayList<>();
        group.forEach((alert, state) -> {
            if (alerts.size() < MOST_ALERTS) {
                alerts.add(alert);
            }
        });
        courier.send(
                owner,
                Envelope.newBuilder()
                        .setNudge(Nudge.newBuilder()
                                .setRoute(group.id().routeId())
                                .setGroupKey(group.id().groupKey())
                                .setDueAgeMs(codec.ageMillis(group.dueSinceNanos()))
                                .setConfigGeneration(Peers.configGeneration(members, members.self()))
                                .setConfigHash(Peers.configHash(members, members.self()))
                                .setAlerts(parcels.pack(alerts))
                                .setSentAtWallMs(clock.now().toEpochMilli())));
    }

    /**
     * Answers a peer that has waited for long.
     *
     * @param flush flushes a group that the peer knows to be due and that this node did not
     */
    void answer(String peer, Nudge nudge, @Nullable Dispatcher dispatcher, Consumer<AggregationGroup> flush) {
        if (dispatcher == null || !members.warm() || members.draining()) {
            return;
        }
        if (!nudge.getAlerts().isEmpty()) {
            parcels.unpack(peer, nudge.getAlerts(), nudge.getSentAtWallMs());
        }
        GroupId id = new GroupId(nudge.getRoute(), nudge.getGroupKey());
        NudgeAnswer.Builder answer =
                NudgeAnswer.newBuilder().setRoute(id.routeId()).setGroupKey(id.groupKey());
        AggregationGroup group = dispatcher.find(id);
        if (group == null) {
            boolean sameConfig = nudge.getConfigHash().equals(Peers.configHash(members, members.self()));
            if (!sameConfig || !dispatcher.hasRoute(id.routeId())) {
                answer.setUnknownRoute(NudgeAnswer.UnknownRoute.newBuilder()
                        .setConfigGeneration(Peers.configGeneration(members, members.self())));
            } else {
                answer.setDone(done(id, clock.nanoTime(), clock.nanoTime()).setOver(true));
            }
        } else if (group.isFlushing()) {
            answer.setBusy(NudgeAnswer.Busy.getDefaultInstance());
        } else {
            long tick = codec.nanos(nudge.getDueAgeMs() + SLACK_MILLIS);
            boolean told = group.wasTold() && group.toldNanos() - tick >= 0;
            if (!group.isDue() && (told || group.wasTriedSince(tick))) {
                answer.setDone(done(id, told ? group.toldNanos() : tick, group.nextDueNanos())
                        .setOk(told));
            } else {
                answer.setBusy(NudgeAnswer.Busy.getDefaultInstance());
                flush.accept(group);
            }
        }
        courier.send(peer, Envelope.newBuilder().setNudgeAnswer(answer));
    }

    private TickDone.Builder done(GroupId id, long tickNanos, long nextDueNanos) {
        return codec.write(id, tickNanos, nextDueNanos)
                .setOk(true)
                .setConfigHash(Peers.configHash(members, members.self()));
    }
}
