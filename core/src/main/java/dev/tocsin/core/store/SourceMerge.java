package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.store.AlertMerge.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * One alert out of the reports of redundant sources: it fires while any of them says so. Pure, but for the last post of
 * the sources, which it reads.
 *
 * <p>Within one source, and for clients that are no source, reports merge as contract section 4.2 says; with a single
 * source nothing else happens. A post by a client that is no source, such as amtool, overrules all sources until they
 * post again. An end that was reported outlives a silent source only if another source has told the end: silence alone
 * never resolves an alert before its time.
 */
final class SourceMerge {
    private static final int MAX_REPORTS = 16;

    /** Prometheus repeats a resolved alert for this long; after that its report says nothing any more. */
    private static final Duration REMEMBERED = Duration.ofMinutes(15);

    private SourceMerge() {}

    /**
     * The alert after a post.
     *
     * @param old what is stored under the labels of {@code posted}, or null
     * @param source null if the client is no source
     */
    static StoredAlert absorb(@Nullable StoredAlert old, Alert posted, @Nullable Source source, Instant now) {
        if (old == null) {
            SourceReport first = source == null ? null : SourceReport.of(source, posted, posted, null, null);
            return new StoredAlert(posted, first, Instant.MIN);
        }
        if (source == null) {
            return new StoredAlert(AlertMerge.merge(old.alert(), posted, now), null, old.writtenUntil());
        }
        SourceReport earlier = find(old.reports(), source);
        SourceReport others = without(old.reports(), source, now.minus(REMEMBERED), MAX_REPORTS - 1);
        if (others == null) {
            Alert merged = AlertMerge.merge(old.alert(), posted, now);
            return new StoredAlert(merged, SourceReport.of(source, merged, posted, earlier, null), old.writtenUntil());
        }
        Alert own = earlier == null ? posted : AlertMerge.merge(earlier.asAlert(old.alert()), posted, now);
        SourceReport reports = SourceReport.of(source, own, posted, earlier, others);
        return new StoredAlert(combined(old.alert(), reports, posted, now), reports, old.writtenUntil());
    }

    /** The alert after some time in which sources may have become silent; the same alert if nothing changed. */
    static Alert reconsidered(StoredAlert stored, Instant now) {
        SourceReport reports = stored.reports();
        if (reports == null || stored.alert().resolvedAt(now)) {
            return stored.alert();
        }
        Alert alert = combined(stored.alert(), reports, stored.alert(), now);
        return alert.equals(stored.alert()) ? stored.alert() : alert;
    }

    /** Whether one source says that the alert is over while another still lets it fire. */
    static boolean isContested(@Nullable SourceReport reports, Instant now) {
        for (SourceReport report = reports; report != null; report = report.next()) {
            if (report.firesAt(now) && othersSayResolved(report, reports)) {
                return true;
            }
        }
        return false;
    }

    private static Alert combined(Alert prior, SourceReport reports, Alert posted, Instant now) {
        SourceReport last = null;
        boolean firing = false;
        Instant start = Instant.MAX;
        for (SourceReport report = reports; report != null; report = report.next()) {
            boolean fires = report.firesAt(now);
            if (fires && report.isSilent() && othersSayResolved(report, reports)) {
                continue;
            }
            if (fires && !firing) {
                firing = true;
                last = null;
                start = Instant.MAX;
            }
            if (fires == firing) {
                last = last == null || report.endsAt().isAfter(last.endsAt()) ? report : last;
                start = firing && report.startsAt().isBefore(start) ? report.startsAt() : start;
            }
        }
        if (last == null) {
            return prior; // unreachable: a report is only left out for another one that has ended
        }
        Instant end = last.endsAt();
        if (!firing) {
            start = last.startsAt();
        }
        boolean sameEpisode = firing
                ? !prior.resolvedAt(now)
                : !prior.startsAt().isAfter(end) && !prior.endsAt().isBefore(start);
        if (sameEpisode && prior.startsAt().isBefore(start)) {
            start = prior.startsAt();
        }
        // The texts of a source that has changed sides do not describe the others' alert.
        boolean ownTexts = reports.firesAt(now) == firing;
        Range range = new Range(
                start,
                offset(start, prior.startsAt(), prior.startsAtOffset(), posted.startsAtOffset()),
                end,
                offset(end, prior.endsAt(), prior.endsAtOffset(), posted.endsAtOffset()),
                last.timeout());
        return AlertMerge.rebuilt(ownTexts ? posted : prior, prior, range, posted.updatedAt());
    }

    private static ZoneOffset offset(Instant time, Instant known, ZoneOffset knownOffset, ZoneOffset other) {
        return time.equals(known) ? knownOffset : other;
    }

    private static boolean othersSayResolved(SourceReport firing, @Nullable SourceReport reports) {
        for (SourceReport other = reports; other != null; other = other.next()) {
            if (other.saysResolved() && other.endsAt().isAfter(firing.startsAt())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable SourceReport find(@Nullable SourceReport reports, Source source) {
        for (SourceReport report = reports; report != null; report = report.next()) {
            if (report.source().equals(source)) {
                return report;
            }
        }
        return null;
    }

    /** The chain without {@code source}, and without what was last said before {@code oldest} and is over. */
    private static @Nullable SourceReport without(
            @Nullable SourceReport reports, Source source, Instant oldest, int room) {
        if (reports == null || room == 0) {
            return null;
        }
        SourceReport next = reports.next();
        boolean goes = reports.source().equals(source)
                || (reports.seenAt().isBefore(oldest) && reports.endsAt().isBefore(oldest));
        SourceReport rest = next == null ? null : without(next, source, oldest, goes ? room : room - 1);
        if (goes) {
            return rest;
        }
        return sameChain(rest, next) ? reports : reports.withNext(rest);
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged rest is the same object
    private static boolean sameChain(@Nullable SourceReport a, @Nullable SourceReport b) {
        return a == b;
    }
}
