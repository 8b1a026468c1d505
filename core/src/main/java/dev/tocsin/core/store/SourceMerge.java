package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.store.AlertMerge.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * One alert out of the reports of redundant sources: it fires while any of them says so. Pure, but for the last posts of
 * the sources, which it reads.
 *
 * <p>Within one source, and for clients that are no source, reports merge as contract section 4.2 says; with a single
 * source nothing else happens. A post by a client that is no source, such as amtool, overrules all sources until they
 * post again. An end that was reported outlives a silent source only if another source has told the end: silence alone
 * never resolves an alert before its time.
 */
final class SourceMerge {
    /** More sources than this are not told apart: those that posted last count. */
    static final int MAX_REPORTS = 16;

    /** How long an alert is let fire whose end is not believed; renewed in time. */
    static final Duration HOLD = Duration.ofSeconds(15);

    /** Prometheus repeats a resolved alert for this long; after that its report says nothing any more. */
    private static final Duration REMEMBERED = Duration.ofMinutes(15);

    private SourceMerge() {}

    /**
     * The alert after a post.
     *
     * @param old what is stored under the labels of {@code posted}, or null
     * @param source null if the client is no source
     */
    static StoredAlert absorb(@Nullable StoredAlert old, Alert posted, @Nullable Source source, AsOf at) {
        if (old == null) {
            SourceReport first = source == null ? null : SourceReport.of(source, posted, posted, null, null);
            return new StoredAlert(posted, first, Instant.MIN, source == null ? posted.updatedAt() : Instant.MIN);
        }
        Instant now = at.now();
        if (source == null) {
            Alert merged = AlertMerge.merge(old.alert(), posted, now);
            return new StoredAlert(merged, null, old.writtenUntil(), posted.updatedAt());
        }
        SourceReport earlier = find(old.reports(), source);
        SourceReport others = without(old.reports(), source, now.minus(REMEMBERED), MAX_REPORTS - 1);
        if (others == null) {
            Alert merged = AlertMerge.merge(old.alert(), posted, now);
            return new StoredAlert(
                    merged, SourceReport.of(source, merged, posted, earlier, null), old.writtenUntil(), old.plainAt());
        }
        Alert own = earlier == null ? posted : AlertMerge.merge(earlier.asAlert(old.alert()), posted, now);
        SourceReport reports = withSilentEnded(SourceReport.of(source, own, posted, earlier, others), at);
        return new StoredAlert(combined(old.alert(), reports, posted, at), reports, old.writtenUntil(), old.plainAt());
    }

    /** The alert after some time in which sources may have become silent; the same alert if nothing changed. */
    static StoredAlert reconsidered(StoredAlert stored, AsOf at) {
        SourceReport known = stored.reports();
        if (stored.alert().resolvedAt(at.now())) {
            return stored;
        }
        if (known == null) {
            return at.isHeld() && stored.alert().timeout()
                    ? stored.heldUntil(at.now().plus(HOLD))
                    : stored;
        }
        SourceReport reports = withSilentEnded(known, at);
        Alert alert = combined(stored.alert(), reports, stored.alert(), at);
        return new StoredAlert(alert, reports, stored.writtenUntil(), stored.plainAt());
    }

    /** Whether one source says that the alert is over while another still lets it fire. */
    static boolean isContested(@Nullable SourceReport reports, AsOf at) {
        for (SourceReport report = reports; report != null; report = report.next()) {
            if (report.firesAt(at) && othersSayResolved(report, reports)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the latest poster tells of a later beginning than before: an end in between that this node has not heard of,
     * or has not believed because its clock is behind the source's, may well be believed by others.
     */
    static boolean beganAgain(@Nullable SourceReport before, @Nullable SourceReport now) {
        SourceReport earlier = now == null ? null : find(before, now.source());
        return now != null && earlier != null && now.toldStart().isAfter(earlier.toldStart());
    }

    /**
     * The reports, those of silent sources that another one contradicts replaced by an end. It is as new as this insight,
     * so that it counts on every node.
     */
    private static SourceReport withSilentEnded(SourceReport reports, AsOf at) {
        if (at.isHeld() || !isContested(reports, at)) {
            return reports;
        }
        Instant end = null;
        for (SourceReport report = reports; report != null; report = report.next()) {
            if (report.saysResolved() && (end == null || report.endsAt().isAfter(end))) {
                end = report.endsAt();
            }
        }
        return end == null ? reports : withSilentEnded(reports, reports, end, at);
    }

    private static SourceReport withSilentEnded(SourceReport report, SourceReport all, Instant end, AsOf at) {
        SourceReport following = report.next();
        SourceReport next = following == null ? null : withSilentEnded(following, all, end, at);
        return report.firesAt(at) && report.isSilent() && othersSayResolved(report, all)
                ? report.ended(end, at.now(), next)
                : report.withNext(next);
    }

    /** The report that tells when the alert ends; null if there is none. */
    static @Nullable SourceReport last(@Nullable SourceReport reports, AsOf at) {
        SourceReport last = null;
        boolean firing = false;
        for (SourceReport report = reports; report != null; report = report.next()) {
            boolean fires = report.firesAt(at);
            if (last == null
                    || (fires && !firing)
                    || (fires == firing && report.endsAt().isAfter(last.endsAt()))) {
                last = report;
                firing = fires;
            }
        }
        return last;
    }

    /** When {@code last} lets the alert end: later than it says if it fires only because its end is not believed. */
    static Instant end(SourceReport last, AsOf at) {
        Instant held = at.now().plus(HOLD);
        boolean holds = at.isHeld()
                && !last.saysResolved()
                && last.firesAt(at)
                && last.endsAt().isBefore(held);
        return holds ? held : last.endsAt();
    }

    private static Alert combined(Alert prior, SourceReport reports, Alert posted, AsOf at) {
        SourceReport last = last(reports, at);
        if (last == null) {
            return prior; // unreachable: there are reports
        }
        boolean firing = last.firesAt(at);
        Instant end = end(last, at);
        Instant start = last.startsAt();
        for (SourceReport report = reports; firing && report != null; report = report.next()) {
            start = report.firesAt(at) && report.startsAt().isBefore(start) ? report.startsAt() : start;
        }
        boolean sameEpisode = firing
                ? !prior.resolvedAt(at.now())
                : !prior.startsAt().isAfter(end) && !prior.endsAt().isBefore(start);
        if (sameEpisode && prior.startsAt().isBefore(start)) {
            start = prior.startsAt();
        }
        // The texts of a source that has changed sides do not describe the others' alert.
        boolean ownTexts = reports.firesAt(at) == firing;
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
