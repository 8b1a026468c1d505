package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.cluster.proto.TickDone;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.GroupId;
import dev.tocsin.core.group.PeerFlush;
import dev.tocsin.core.replicate.PeerClock;
import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Flushes as messages and back: readings of this node's clock travel as ages. Used on the hub loop only. */
final class TickCodec {
    /** No tick is older, or further away, than this. */
    private static final long MOST_MILLIS = Duration.ofDays(400).toMillis();

    private final Clock clock;

    TickCodec(Clock clock) {
        this.clock = clock;
    }

    TickDone.Builder write(GroupId id, long tickNanos, long nextDueNanos) {
        return TickDone.newBuilder()
                .setRoute(id.routeId())
                .setGroupKey(id.groupKey())
                .setTickAgeMs(ageMillis(tickNanos))
                .setNextDueInMs(-ageMillis(nextDueNanos));
    }

    static TickDone.Removed removed(Alert alert) {
        return TickDone.Removed.newBuilder()
                .setFingerprint(alert.fingerprint())
                .setEndsAtMs(alert.endsAt().toEpochMilli())
                .build();
    }

    PeerFlush read(TickDone done, PeerClock theirs) {
        List<PeerFlush.Told> told = new ArrayList<>(done.getRemovedCount());
        for (TickDone.Removed removed : done.getRemovedList()) {
            told.add(new PeerFlush.Told(removed.getFingerprint(), here(removed.getEndsAtMs(), theirs)));
        }
        return new PeerFlush(
                nanos(done.getTickAgeMs()),
                nanos(-Math.max(-MOST_MILLIS, done.getNextDueInMs())),
                done.getOver(),
                told);
    }

    /** What no alert can end at is no end of any that this node has. */
    private static long here(long endsAtMillis, PeerClock theirs) {
        try {
            return theirs.here(Instant.ofEpochMilli(endsAtMillis)).toEpochMilli();
        } catch (ArithmeticException e) {
            return Long.MIN_VALUE;
        }
    }

    static GroupId id(TickDone done) {
        return new GroupId(done.getRoute(), done.getGroupKey());
    }

    /** The clock of a peer whose message has just come. */
    PeerClock peerClock(long sentAtWallMs) {
        return sentAtWallMs == 0 ? PeerClock.OURS : PeerClock.of(Instant.ofEpochMilli(sentAtWallMs), clock.now());
    }

    long ageMillis(long nanos) {
        return (clock.nanoTime() - nanos) / 1_000_000;
    }

    /** The reading of this node's clock that long ago. */
    long nanos(long ageMillis) {
        return clock.nanoTime() - 1_000_000 * Math.clamp(ageMillis, -MOST_MILLIS, MOST_MILLIS);
    }
}
