package dev.tocsin.cluster.protocol;

import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link MemberTable} knows of one peer. Used on the hub loop only. */
final class Member {
    final String name;
    /** Null before its first hello, ever. */
    Members.@Nullable Info info;
    /** Whom it counts as known, itself included. */
    Set<String> knows = Set.of();
    /** Who does not answer it and may well run. */
    Set<String> misses = Set.of();
    /** Monotonic: when something of it was last heard, or when this node started. */
    long seenNanos;
    /** Monotonic: when it answered last, by a heartbeat or its hello; null if it has not on this connection. */
    @Nullable Long answeredNanos;
    /** Whether it has answered a heartbeat on this connection. */
    boolean echoes;
    /** When this node sent the latest heartbeat that it has answered, in the time of {@link Heartbeats}. */
    long echo;
    /** When it sent its latest heartbeat, by its own time; 0 if none has come on this connection. */
    long beat;
    /** Monotonic: when that came. */
    long beatNanos;
    /** Monotonic: when an attempt to connect was last refused; null if the latest one was not. */
    @Nullable Long refusedNanos;

    /** By this node's clock: when it was found gone after a silence; null if it has answered since, or died in sight. */
    @Nullable Instant lostAt;

    boolean connected;
    /** Whether this node has a connection of its own to it: without one nothing can be said to it. */
    boolean reachable;
    /** Whether its hello was read on this connection. */
    boolean greeted;
    /** Whether it said goodbye and went, or was forgotten. */
    boolean left;
    /** What its answers tell of its clock. */
    final ClockOffset offset = new ClockOffset();
    /** By how much its clock is ahead of ours. */
    long aheadMs;
    /** Whether that is so much that it is not believed. */
    boolean clockOff;
    /** Whether its version of the protocol was remarked on. */
    boolean versionReported;

    Member(String name, long seenNanos) {
        this.name = name;
        this.seenNanos = seenNanos;
    }

    /** It has said what it is, and whom it knows; the names beyond {@link Register#MOST} are not taken. */
    void hello(Members.Info said, List<String> known, long nowNanos) {
        info = said;
        knows = Set.copyOf(known.subList(0, Math.min(Register.MOST, known.size())));
        connected = true;
        greeted = true;
        left = false;
        refusedNanos = null;
        seenNanos = nowNanos;
        if (answeredNanos == null) {
            answeredNanos = nowNanos;
        }
    }

    /** It has answered a heartbeat. */
    void answered(long nowNanos) {
        answeredNanos = nowNanos;
        seenNanos = nowNanos;
        echoes = true;
    }

    /** Nothing listens there. If it was out of sight before, that is when it was lost. */
    void refused(Clock clock, Duration suspect) {
        long now = clock.nanoTime();
        if (refusedNanos == null && now - seenNanos > suspect.toNanos()) {
            lostAt = clock.now();
        }
        refusedNanos = now;
    }

    /** Whether it has answered since then, a reading of {@code Clock.nanoTime()}. */
    boolean answeredSince(long nanos) {
        return answeredNanos != null && answeredNanos - nanos >= 0;
    }

    void disconnected() {
        connected = false;
        reachable = false;
        greeted = false;
        answeredNanos = null;
        echoes = false;
        beat = 0;
        left |= info != null && info.draining();
    }
}
