package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many alerts one value of {@code alertname} may have (contract section 4.3). A full name takes another alert only in
 * place of one whose end has passed; that one stays stored until it is collected. On the hub loop only.
 */
final class AlertLimits {
    private record Place(Instant endsAt, long fingerprint) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = endsAt.compareTo(other.endsAt);
            return order != 0 ? order : Long.compare(fingerprint, other.fingerprint);
        }
    }

    private static final class Bucket {
        final Map<Long, Place> places = new HashMap<>();
        final TreeSet<Place> byEnd = new TreeSet<>();
    }

    private final Logger log = LoggerFactory.getLogger(AlertStore.class);
    private final int limit;
    private final boolean nameInMetrics;
    private final CounterFamily limited;
    private final Map<String, Bucket> buckets = new HashMap<>();

    AlertLimits(AlertStoreOptions options, Metrics metrics) {
        this.limit = options.perAlertNameLimit();
        this.nameInMetrics = options.alertNameInMetrics();
        metrics.gauge("alertmanager_alerts_per_alert_limit", "Current limit on number of alerts per alert name.")
                .labels()
                .set(Math.max(0, limit));
        String help = "Total number of alerts that were dropped due to per alert name limit.";
        this.limited = nameInMetrics
                ? metrics.counter("alertmanager_alerts_limited_total", help, "alertname")
                : metrics.counter("alertmanager_alerts_limited_total", help);
    }

    /** Takes the alert in, or counts it as dropped. An alert that is known is always taken. */
    boolean admit(Alert alert, Instant now) {
        if (limit <= 0) {
            return true;
        }
        Bucket bucket = buckets.computeIfAbsent(alert.name(), name -> new Bucket());
        Place known = bucket.places.get(alert.fingerprint());
        if (known == null && bucket.places.size() >= limit) {
            Place first = bucket.byEnd.first();
            if (first.endsAt.isAfter(now)) {
                (nameInMetrics ? limited.labels(alert.name()) : limited.labels()).increment();
                return false;
            }
            remove(bucket, first);
        } else if (known != null) {
            remove(bucket, known);
        }
        Place place = new Place(alert.endsAt(), alert.fingerprint());
        bucket.places.put(place.fingerprint, place);
        bucket.byEnd.add(place);
        return true;
    }

    /** Says that alerts of one batch were dropped, if there are any. */
    void warn(int dropped) {
        if (dropped > 0) {
            log.atWarn()
                    .addKeyValue("component", "provider")
                    .addKeyValue("err", "alert limited")
                    .addKeyValue("alerts", dropped)
                    .log("error on set alert");
        }
    }

    /** Gives the alert's place free. */
    void forget(Alert alert) {
        Bucket bucket = buckets.get(alert.name());
        Place place = bucket == null ? null : bucket.places.get(alert.fingerprint());
        if (bucket != null && place != null) {
            remove(bucket, place);
            if (bucket.places.isEmpty()) {
                buckets.remove(alert.name());
            }
        }
    }

    private static void remove(Bucket bucket, Place place) {
        bucket.byEnd.remove(place);
        bucket.places.remove(place.fingerprint);
    }
}
