package dev.tocsin.core.store;

import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The alerts whose sources disagree, and those about to end of which no node may have heard the latest. As many as the
 * store holds at most. On the hub loop only.
 */
final class Contests {
    private final Set<Long> contested = new LinkedHashSet<>();
    private final AboutToEnd aboutToEnd;

    /** @param round the time between two looks at them */
    Contests(Duration round) {
        this.aboutToEnd = new AboutToEnd(round);
    }

    void stored(StoredAlert stored, AsOf at) {
        aboutToEnd.stored(stored, at.now());
        Long fingerprint = stored.alert().fingerprint();
        if (SourceMerge.isContested(stored.reports(), at)) {
            contested.add(fingerprint);
        } else if (!contested.isEmpty()) {
            contested.remove(fingerprint);
        }
    }

    void forget(long fingerprint) {
        contested.remove(fingerprint);
    }

    void setBack() {
        aboutToEnd.setBack();
    }

    /** The buckets of what is about to end here: a sender may have told another node that it goes on. */
    BitSet aboutToEnd(Collection<StoredAlert> alerts, AsOf at) {
        return aboutToEnd.find(alerts, at);
    }

    /** Which of {@code alerts} are worth another look now: those whose sources still disagree, and those held firing. */
    Predicate<StoredAlert> open(StoredAlerts alerts, AsOf at) {
        contested.removeIf(fingerprint -> {
            StoredAlert stored = alerts.get(fingerprint);
            return stored == null || !SourceMerge.isContested(stored.reports(), at);
        });
        return stored ->
                contested.contains(stored.alert().fingerprint()) || (at.isHeld() && stored.endsUnheardBefore(at));
    }

    /** Whether there are none. */
    boolean isEmpty() {
        return contested.isEmpty();
    }
}
