package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.replicate.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What is stored in so few words that two nodes can compare, kept up to date with each change instead of being made from all
 * alerts anew. What an alert adds depends on the time as well, when its end or the end of a source's report passes. So the
 * sums are those of one instant, and hold until the first such end that lies behind it; then, or when the clock has been set
 * back, they are made anew. Used on the hub loop only.
 */
final class AlertSums {
    private final Buckets buckets;
    private final Duration compared;
    private Instant instant;
    private Instant until;

    /**
     * Makes them.
     *
     * @param compared what has resolved longer ago does not count
     */
    AlertSums(Collection<StoredAlert> alerts, Duration compared, Instant now) {
        this.buckets = new Buckets();
        this.compared = compared;
        this.instant = now;
        this.until = Instant.MAX;
        for (StoredAlert stored : alerts) {
            add(stored);
        }
    }

    /** Whether they are true at {@code now}. They are kept up to date only as long as they are. */
    boolean holdAt(Instant now) {
        return !now.isBefore(instant) && now.isBefore(until);
    }

    /** What is true while they hold. */
    Buckets buckets() {
        return buckets;
    }

    /**
     * Another state takes the place of one that was added.
     *
     * @param now they must hold then
     */
    void replace(@Nullable StoredAlert before, @Nullable StoredAlert after, Instant now) {
        instant = now; // nothing that was added has changed its mind since
        if (before != null && counts(before)) {
            buckets.remove(before.alert().fingerprint(), before.version(instant));
        }
        if (after != null) {
            add(after);
        }
    }

    private void add(StoredAlert stored) {
        if (counts(stored)) {
            buckets.add(stored.alert().fingerprint(), stored.version(instant));
            Instant change = nextChange(stored);
            until = change.isBefore(until) ? change : until;
        }
    }

    private boolean counts(StoredAlert stored) {
        return stored.alert().endsAt().isAfter(instant.minus(compared));
    }

    /** When time alone changes what it adds. */
    private Instant nextChange(StoredAlert stored) {
        Alert alert = stored.alert();
        if (alert.resolvedAt(instant)) {
            return alert.endsAt().plus(compared);
        }
        Instant next = alert.endsAt();
        for (SourceReport report = stored.reports(); report != null; report = report.next()) {
            if (report.firesAt(instant) && report.endsAt().isBefore(next)) {
                next = report.endsAt();
            }
        }
        return next;
    }
}
