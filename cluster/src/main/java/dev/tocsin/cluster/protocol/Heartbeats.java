package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Heartbeat;
import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other four times a second. Each heartbeat carries the latest one that came the other way, and for
 * how long its sender has had that, as NTP's symmetric mode does (RFC 5905, section 8): it answers and asks at once. What
 * the answered one took on both ways is what has passed since, less the time that it was held.
 *
 * <p>An answer counts once. A peer that goes on to answer the same heartbeat does not hear this node any more.
 *
 * <p>Used on the hub loop only.
 */
final class Heartbeats {
    /** How far two processes may differ in measuring the same second or two, in milliseconds. */
    private static final long INEXACT_MS = 10;

    private final Clock clock;
    private final Timings timings;
    private final long startNanos;

    Heartbeats(Clock clock, Timings timings) {
        this.clock = clock;
        this.timings = timings;
        this.startNanos = clock.nanoTime();
    }

    /** Milliseconds since the start, from 1. */
    private long now() {
        return (clock.nanoTime() - startNanos) / 1_000_000 + 1;
    }

    /**
     * The one that is due. It asks for an answer at once if there was none to the last two, or none yet: a node that waits
     * for the peer's own next one would know later that the peer is there, and how its clock stands.
     *
     * @param misses the nodes that do not answer and may well run
     */
    Envelope next(Member member, Collection<String> misses) {
        Long answered = member.answeredNanos;
        boolean lacks = !member.echoes
                || answered == null
                || clock.nanoTime() - answered > 2 * timings.ping().toNanos();
        return envelope(member, misses, lacks);
    }

    /** The one that the peer asks for. It never asks in turn. */
    Envelope answer(Member member, Collection<String> misses) {
        return envelope(member, misses, false);
    }

    private Envelope envelope(Member member, Collection<String> misses, boolean asks) {
        Heartbeat.Builder beat = Heartbeat.newBuilder()
                .setSentAt(now())
                .setSentAtWallMs(clock.now().toEpochMilli())
                .addAllMisses(misses)
                .setAsks(asks);
        if (member.beat != 0) {
            beat.setEcho(member.beat).setHeldMs((clock.nanoTime() - member.beatNanos) / 1_000_000);
        }
        return Envelope.newBuilder().setHeartbeat(beat).build();
    }

    /**
     * One has come.
     *
     * @return how long it was on its way at most, if it answers one that was not answered before; null if it does not, or
     *     comes from before a long silence and says nothing about now
     */
    @Nullable Duration read(Member member, Heartbeat beat) {
        member.beat = beat.getSentAt();
        member.beatNanos = clock.nanoTime();
        member.misses = beat.getMissesCount() == 0
                ? Set.of()
                : Set.copyOf(beat.getMissesList().subList(0, Math.min(Register.MOST, beat.getMissesCount())));
        if (beat.getEcho() <= member.echo) {
            return null;
        }
        long trip = now() - beat.getEcho() - beat.getHeldMs();
        if (trip < -INEXACT_MS || trip > timings.suspect().toMillis()) {
            return null; // the first answers what an earlier process of this name had sent
        }
        member.echo = beat.getEcho();
        return Duration.ofMillis(Math.max(0, trip));
    }
}
