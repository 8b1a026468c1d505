package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import java.time.Instant;
import java.time.ZoneOffset;

/** How a report and what is stored under the same labels become one alert (contract section 4.2). Pure. */
public final class AlertMerge {
    private AlertMerge() {}

    /**
     * The alert to store. If the two ranges overlap strictly the newer report, by {@code updatedAt}, is the base, {@code
     * posted} at a tie; the earlier start is kept, and an end that was reported outlives one that was inferred. Otherwise
     * {@code posted} replaces {@code old}. Texts that did not change are shared with {@code old}.
     *
     * @param old the stored alert
     * @param posted the new report of the same labels
     * @param now decides which of the two have ended
     */
    public static Alert merge(Alert old, Alert posted, Instant now) {
        if (!overlap(old, posted)) {
            return rebuilt(posted, old, Range.of(posted), posted.updatedAt());
        }
        return posted.updatedAt().isBefore(old.updatedAt()) ? onto(posted, old, old, now) : onto(old, posted, old, now);
    }

    /** When an alert starts and ends, and how sure the end is. */
    record Range(
            Instant startsAt, ZoneOffset startsAtOffset, Instant endsAt, ZoneOffset endsAtOffset, boolean timeout) {
        static Range of(Alert alert) {
            return new Range(
                    alert.startsAt(), alert.startsAtOffset(), alert.endsAt(), alert.endsAtOffset(), alert.timeout());
        }
    }

    /** {@code texts} with another range; equal parts are shared with {@code known}, so that a re-send retains nothing. */
    static Alert rebuilt(Alert texts, Alert known, Range range, Instant updatedAt) {
        return new Alert(
                known.labels(),
                texts.annotations().equals(known.annotations()) ? known.annotations() : texts.annotations(),
                range.startsAt.equals(known.startsAt()) ? known.startsAt() : range.startsAt,
                range.startsAtOffset,
                range.endsAt.equals(known.endsAt()) ? known.endsAt() : range.endsAt,
                range.endsAtOffset,
                updatedAt,
                texts.generatorUrl().equals(known.generatorUrl()) ? known.generatorUrl() : texts.generatorUrl(),
                range.timeout);
    }

    private static boolean overlap(Alert old, Alert posted) {
        return inside(posted.endsAt(), old) || inside(posted.startsAt(), old);
    }

    private static boolean inside(Instant time, Alert alert) {
        return time.isAfter(alert.startsAt()) && time.isBefore(alert.endsAt());
    }

    private static Alert onto(Alert older, Alert base, Alert stored, Instant now) {
        boolean olderStart = older.startsAt().isBefore(base.startsAt());
        boolean olderEnd = older.endsAt().isAfter(base.endsAt())
                && (base.resolvedAt(now) ? older.resolvedAt(now) : !older.timeout());
        Alert start = olderStart ? older : base;
        Alert end = olderEnd ? older : base;
        Range range =
                new Range(start.startsAt(), start.startsAtOffset(), end.endsAt(), end.endsAtOffset(), base.timeout());
        return rebuilt(base, stored, range, base.updatedAt());
    }
}
