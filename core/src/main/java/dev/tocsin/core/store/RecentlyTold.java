package dev.tocsin.core.store;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which alerts were told to the peers again not long ago: nodes that answer each other's news must come to an end, whatever
 * they disagree about. What is not told now is compared within half a minute. Used on the hub loop only.
 */
final class RecentlyTold {
    private static final Duration RECENT = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    /** Monotonic, by fingerprint; the longest ago first. */
    private final Map<Long, Long> told = new LinkedHashMap<>();

    /**
     * Whether an alert may be told again; it counts as told from now on if so.
     *
     * @param nowNanos monotonic
     */
    boolean mayTell(long fingerprint, long nowNanos) {
        Iterator<Long> oldest = told.values().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next() >= RECENT.toNanos()) {
            oldest.remove();
        }
        if (told.containsKey(fingerprint) || told.size() >= MOST) {
            return false;
        }
        told.put(fingerprint, nowNanos);
        return true;
    }
}
