package dev.tocsin.cluster.protocol;

import dev.tocsin.core.replicate.PeerClock;
import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the wall clocks of the peers stand to ours, by their answers to heartbeats: a message that was held up on its way must not
 * be taken for one of a clock that is behind, for then what it tells would look new. Used on the hub loop only.
 */
public final class PeerTimes {
    private final Function<String, @Nullable Duration> ahead;
    private final Clock clock;

    /**
     * Asks again for each message.
     *
     * @param ahead by how much a peer's clock is ahead of ours; null if that is not known
     * @param clock ours
     */
    public PeerTimes(Function<String, @Nullable Duration> ahead, Clock clock) {
        this.ahead = ahead;
        this.clock = clock;
    }

    /**
     * The clock of {@code peer}.
     *
     * @param sentAtWallMs what it read when a message was written, in milliseconds since the epoch
     */
    public PeerClock read(String peer, long sentAtWallMs) {
        Instant there = Instant.ofEpochMilli(sentAtWallMs);
        Duration offset = ahead.apply(peer);
        return PeerClock.of(there, offset == null ? clock.now() : there.minus(offset));
    }
}
