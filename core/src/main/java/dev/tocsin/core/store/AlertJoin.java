package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.store.AlertMerge.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What two nodes know of one alert, joined. Of each source the newest report counts, reports from before a post that
 * overruled all sources count no more, and the texts are those of the newest post. When the alert ends follows from the
 * reports that remain. Idempotent, commutative and associative: nodes that have heard of the same posts agree, whatever
 * way the news took. Pure.
 */
final class AlertJoin {
    private static final Comparator<SourceReport> NEWEST_FIRST = Comparator.comparing(SourceReport::seenAt)
            .reversed()
            .thenComparing(report -> report.source().address())
            .thenComparing(report -> report.source().origin());

    /**
     * Who tells of a later beginning tells it later, whatever the clocks of the nodes say that heard it, or that concluded
     * meanwhile that the source is silent. Of two copies of a report the one with the earlier end counts: ends that were
     * only inferred are moved on.
     */
    private static final Comparator<SourceReport> NEWER = Comparator.comparing(SourceReport::toldStart)
            .thenComparing(SourceReport::seenAt)
            .thenComparing(SourceReport::endsAt, Comparator.reverseOrder())
            .thenComparing(SourceReport::startsAt, Comparator.reverseOrder())
            .thenComparing(SourceReport::timeout)
            .thenComparingInt(SourceReport::periodMillis);

    private static final Comparator<StoredAlert> NEWER_POST = Comparator.<StoredAlert, Instant>comparing(
                    stored -> stored.alert().updatedAt())
            .thenComparing(stored -> stored.reports() == null)
            .thenComparing(stored -> stored.alert().startsAt(), Comparator.reverseOrder())
            .thenComparing(stored -> stored.alert().generatorUrl())
            .thenComparing(stored -> stored.alert().annotations())
            .thenComparing(stored -> stored.alert().endsAt(), Comparator.reverseOrder())
            .thenComparing(stored -> stored.alert().timeout());

    private AlertJoin() {}

    /**
     * What both know together; {@code known} itself if {@code other} tells it nothing.
     *
     * @param known what this node knows
     * @param other what another node knows of the same labels, times by this node's clock
     */
    static StoredAlert join(StoredAlert known, StoredAlert other, AsOf at) {
        Instant plainAt = known.plainAt().isAfter(other.plainAt()) ? known.plainAt() : other.plainAt();
        SourceReport reports = reports(known.reports(), other.reports(), plainAt);
        StoredAlert newer = NEWER_POST.compare(known, other) >= 0 ? known : other;
        Alert alert = AlertMerge.rebuilt(
                newer.alert(),
                known.alert(),
                range(newer.alert(), reports, at),
                newer.alert().updatedAt());
        StoredAlert joined = new StoredAlert(alert, reports, known.writtenUntil(), plainAt);
        return joined.equals(known) ? known : joined;
    }

    private static @Nullable SourceReport reports(
            @Nullable SourceReport left, @Nullable SourceReport right, Instant plainAt) {
        List<SourceReport> newest = new ArrayList<>(4);
        add(newest, left, plainAt);
        add(newest, right, plainAt);
        newest.sort(NEWEST_FIRST);
        SourceReport chain = null;
        for (int i = Math.min(newest.size(), SourceMerge.MAX_REPORTS) - 1; i >= 0; i--) {
            chain = newest.get(i).withNext(chain);
        }
        return chain;
    }

    private static void add(List<SourceReport> newest, @Nullable SourceReport reports, Instant plainAt) {
        for (SourceReport report = reports; report != null; report = report.next()) {
            if (!report.seenAt().isAfter(plainAt)) {
                continue;
            }
            int at = 0;
            while (at < newest.size() && !newest.get(at).source().equals(report.source())) {
                at++;
            }
            if (at == newest.size()) {
                newest.add(report);
            } else if (NEWER.compare(report, newest.get(at)) > 0) {
                newest.set(at, report);
            }
        }
    }

    /** When {@code newest} ends by these reports; as it says itself if there are none. */
    private static Range range(Alert newest, @Nullable SourceReport reports, AsOf at) {
        SourceReport last = SourceMerge.last(reports, at);
        if (last == null) {
            return Range.of(newest);
        }
        return new Range(
                newest.startsAt(),
                newest.startsAtOffset(),
                SourceMerge.end(last, at),
                newest.endsAtOffset(),
                last.timeout());
    }

    /**
     * Whether {@code one} lacks a report that {@code other} has, or has an older one. Copies of one report that end at
     * different times do not count: each node moves on by itself the ends that it does not believe, and nodes that told
     * each other of that would never come to an end.
     */
    static boolean knowsLess(StoredAlert one, StoredAlert other) {
        for (SourceReport report = other.reports(); report != null; report = report.next()) {
            SourceReport same = one.reports();
            while (same != null && !same.source().equals(report.source())) {
                same = same.next();
            }
            if (same == null || same.seenAt().isBefore(report.seenAt())) {
                return true;
            }
        }
        return false;
    }

    /**
     * As {@link #join}, for an alert that this node does not know: its end follows from its reports here as well; the same
     * object if it is the one that was told.
     */
    static StoredAlert alone(StoredAlert other, AsOf at) {
        Alert alert = other.alert();
        Range range = range(alert, other.reports(), at);
        return range.equals(Range.of(alert))
                ? other
                : new StoredAlert(
                        AlertMerge.rebuilt(alert, alert, range, alert.updatedAt()),
                        other.reports(),
                        other.writtenUntil(),
                        other.plainAt());
    }
}
