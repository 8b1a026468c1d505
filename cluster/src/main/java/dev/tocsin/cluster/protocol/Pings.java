package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Ping;
import dev.tocsin.cluster.proto.Pong;
import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import java.util.Collection;

/** Pings by the time of this process, so that an answer tells how old its question is. Immutable. */
final class Pings {
    private final Clock clock;
    private final long startNanos;

    Pings(Clock clock) {
        this.clock = clock;
        this.startNanos = clock.nanoTime();
    }

    /** Milliseconds since the start, from 1. */
    private long now() {
        return (clock.nanoTime() - startNanos) / 1_000_000 + 1;
    }

    /** @param misses the nodes that do not answer and may well run */
    Envelope ping(Collection<String> misses) {
        return Envelope.newBuilder()
                .setPing(Ping.newBuilder().setNumber(now()).addAllMisses(misses))
                .build();
    }

    Envelope pong(Ping ping) {
        return Envelope.newBuilder()
                .setPong(Pong.newBuilder()
                        .setNumber(ping.getNumber())
                        .setSentAtWallMs(clock.now().toEpochMilli()))
                .build();
    }

    /** How long ago the ping was sent that this answers. */
    Duration age(Pong pong) {
        return Duration.ofMillis(now() - pong.getNumber());
    }
}
