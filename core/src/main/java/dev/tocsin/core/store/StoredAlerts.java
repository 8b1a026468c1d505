package dev.tocsin.core.store;

import dev.tocsin.core.replicate.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is stored, by fingerprint, with what can be said of all of it without a look at each: how many there are, their
 * order, and the sums that nodes compare. Written on the hub loop only; any thread may read, but for the sums.
 */
final class StoredAlerts {
    private final Map<Long, StoredAlert> alerts = new ConcurrentHashMap<>();
    private final SortedFingerprints order = new SortedFingerprints(alerts.keySet());
    private @Nullable AlertSums sums;

    /** What is stored under these labels, or null. */
    @Nullable StoredAlert get(long fingerprint) {
        return alerts.get(fingerprint);
    }

    int size() {
        return alerts.size();
    }

    /** All, in no order; a live view, weakly consistent. */
    Collection<StoredAlert> all() {
        return alerts.values();
    }

    /** All there is at this moment; what is stored or removed from now on does not show. */
    List<StoredAlert> copy() {
        return List.copyOf(alerts.values());
    }

    /** As {@link AlertStore#walk}. */
    void walk(@Nullable Long after, Predicate<? super StoredAlert> each) {
        order.walk(after, fingerprint -> {
            StoredAlert stored = alerts.get(fingerprint);
            return stored == null || each.test(stored);
        });
    }

    /** Takes the place of what is stored under the same labels. */
    void put(StoredAlert stored, Instant now) {
        StoredAlert before = alerts.put(stored.alert().fingerprint(), stored);
        if (before == null) {
            order.changed();
        }
        count(before, stored, now);
    }

    /** Forgets what is stored under these labels. */
    void remove(long fingerprint, Instant now) {
        count(alerts.remove(fingerprint), null, now);
        order.changed();
    }

    /** Sums that hold no longer are dropped: whoever asks next has them made anew. */
    private void count(@Nullable StoredAlert before, @Nullable StoredAlert after, Instant now) {
        AlertSums known = sums;
        if (known != null) {
            if (known.holdAt(now)) {
                known.replace(before, after, now);
            } else {
                sums = null;
            }
        }
    }

    /** Has the sums made anew for whoever asks next, as the clock or what counts has changed. */
    void dropSums() {
        sums = null;
    }

    /**
     * What is stored, to compare with other nodes; a live view. On the hub loop.
     *
     * @param compared what has resolved longer ago is left out; always the same, unless the sums were dropped
     */
    Buckets digest(Duration compared, Instant now) {
        AlertSums known = sums;
        if (known == null || !known.holdAt(now)) {
            known = new AlertSums(alerts.values(), compared, now);
            sums = known;
        }
        return known.buckets();
    }
}
