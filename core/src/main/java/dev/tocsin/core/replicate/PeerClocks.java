package dev.tocsin.core.replicate;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the wall clocks of several peers stand to ours. A message that was held up on its way must not be taken for one of a
 * clock that is behind, for then what it tells would look new: so of the latest messages the quickest one counts. Used on
 * the hub loop only. Bounded at {@link #MOST} peers.
 */
public final class PeerClocks {
    /** The quickest message of this time counts, and of the one before. Steps of a clock are noticed as late as that. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static final int MOST = 256;

    private final Map<String, Quickest> peers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Quickest> eldest) {
            return size() > MOST;
        }
    };

    /** No message has come yet. */
    public PeerClocks() {}

    private static final class Quickest {
        private long windowStart;
        private Duration now;
        private Duration before;

        Quickest(long windowStart, Duration first) {
            this.windowStart = windowStart;
            this.now = first;
            this.before = first;
        }

        Duration with(Duration offset, long nanoTime) {
            if (nanoTime - windowStart > WINDOW.toNanos()) {
                before = nanoTime - windowStart > 2 * WINDOW.toNanos() ? offset : now;
                now = offset;
                windowStart = nanoTime;
            }
            now = min(now, offset);
            return min(now, before);
        }

        private static Duration min(Duration a, Duration b) {
            return a.compareTo(b) <= 0 ? a : b;
        }
    }

    /**
     * The clock of {@code peer}.
     *
     * @param there what it read when the message was written
     * @param here what ours reads now
     * @param nanoTime our monotonic clock
     */
    public PeerClock read(String peer, Instant there, Instant here, long nanoTime) {
        Duration offset = Duration.between(there, here);
        Quickest quickest = peers.get(peer);
        if (quickest == null) {
            quickest = new Quickest(nanoTime, offset);
            peers.put(peer, quickest);
        }
        return PeerClock.of(there, there.plus(quickest.with(offset, nanoTime)));
    }
}
