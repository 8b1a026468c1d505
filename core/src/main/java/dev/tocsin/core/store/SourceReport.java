package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.replicate.PeerClock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one source last said about an alert. The reports of an alert are a chain, the latest poster first: there is mostly
 * one, seldom more than two, and each costs some forty bytes.
 *
 * @param startsAt when the alert began by its account
 * @param toldStart the latest beginning that it has told, by its own clock and never by another one: a later one tells of
 *     an end in between, though this node may not have heard of it
 * @param endsAt until when it fires by its account
 * @param timeout whether {@code endsAt} was inferred
 * @param seenAt when it said so
 * @param periodMillis how long it takes to say it again; 0 as long as it has not
 * @param next the report of another source, or null
 */
record SourceReport(
        Source source,
        Instant startsAt,
        Instant toldStart,
        Instant endsAt,
        boolean timeout,
        Instant seenAt,
        int periodMillis,
        @Nullable SourceReport next) {
    private static final int UNKNOWN_PERIOD = 0;

    /**
     * The report of {@code source} that made {@code merged}.
     *
     * @param earlier its report before this one, or null
     */
    static SourceReport of(
            Source source, Alert merged, Alert posted, @Nullable SourceReport earlier, @Nullable SourceReport next) {
        return new SourceReport(
                source,
                merged.startsAt(),
                latest(posted.startsAt(), earlier == null ? merged.startsAt() : earlier.toldStart),
                merged.endsAt(),
                merged.timeout(),
                earlier == null ? posted.updatedAt() : after(earlier.seenAt, posted.updatedAt()),
                earlier == null ? UNKNOWN_PERIOD : period(earlier, posted),
                next);
    }

    /** A post is newer than the one before it, also if the clock was set back in between. */
    private static Instant after(Instant before, Instant now) {
        return now.isAfter(before) ? now : before.plusMillis(1);
    }

    /** {@code known} if {@code told} is not later, so that a re-send retains nothing. */
    private static Instant latest(Instant told, Instant known) {
        return told.isAfter(known) ? told : known;
    }

    /**
     * Rulers let an alert end after four of their periods, so a reported end tells the period; so does the time since the
     * last report, within that end. The longest is believed: a source must not be taken for silent too soon.
     */
    private static int period(SourceReport earlier, Alert posted) {
        long validity = posted.endsAt().toEpochMilli() - posted.updatedAt().toEpochMilli();
        if (validity <= 0) {
            return earlier.periodMillis;
        }
        // What was heard before a start, or by another node, tells nothing about the time in between.
        boolean heardHere = !earlier.seenAt.isBefore(earlier.source.firstPostAt());
        long gap = heardHere
                ? Math.min(validity, posted.updatedAt().toEpochMilli() - earlier.seenAt.toEpochMilli())
                : UNKNOWN_PERIOD;
        long told = posted.timeout() ? 0 : validity / 4;
        return (int) Math.min(Integer.MAX_VALUE, Math.max(earlier.periodMillis, Math.max(gap, told)));
    }

    boolean firesAt(Instant now) {
        return endsAt.isAfter(now);
    }

    boolean firesAt(AsOf at) {
        return endsAt.isAfter(saysResolved() ? at.now() : at.heardUntil());
    }

    /** Whether the source said that the alert is over, rather than having let its end pass. */
    boolean saysResolved() {
        return !endsAt.isAfter(seenAt);
    }

    /** Whether the source has posted to this node for more than two periods without this alert. */
    boolean isSilent() {
        return periodMillis != UNKNOWN_PERIOD
                && source.lastPostAt().isAfter(seenAt.plusMillis(2L * periodMillis))
                && source.lastPostAt().isAfter(source.firstPostAt().plusMillis(2L * periodMillis));
    }

    /** The report of a source that has become silent: over since {@code end}, as is known since {@code now}. */
    SourceReport ended(Instant end, Instant now, @Nullable SourceReport other) {
        return new SourceReport(source, startsAt, toldStart, end, true, now, periodMillis, other);
    }

    /** {@code stored} with the range of this report. */
    Alert asAlert(Alert stored) {
        return new Alert(
                stored.labels(),
                stored.annotations(),
                startsAt,
                stored.startsAtOffset(),
                endsAt,
                stored.endsAtOffset(),
                seenAt,
                stored.generatorUrl(),
                timeout);
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged rest is the same object
    SourceReport withNext(@Nullable SourceReport other) {
        if (next == other) {
            return this;
        }
        return new SourceReport(source, startsAt, toldStart, endsAt, timeout, seenAt, periodMillis, other);
    }

    /** The chain, its times by another clock; this same object if they are. */
    @SuppressWarnings("ReferenceEquality") // a time that is right here is the same object
    SourceReport by(PeerClock peer) {
        Instant start = peer.here(startsAt);
        Instant end = peer.here(endsAt);
        Instant seen = peer.here(seenAt);
        SourceReport rest = next == null ? null : next.by(peer);
        return start == startsAt && end == endsAt && seen == seenAt && rest == next
                ? this
                : new SourceReport(source, start, toldStart, end, timeout, seen, periodMillis, rest);
    }

    /**
     * The chain, as the clock would have stamped it that was set back since.
     *
     * @param then what the clock would read now if it had not been
     */
    SourceReport setBack(Duration by, Instant then) {
        return new SourceReport(
                source,
                startsAt,
                toldStart,
                endsAt.isAfter(then) ? endsAt : endsAt.minus(by),
                timeout,
                seenAt.minus(by),
                periodMillis,
                next == null ? null : next.setBack(by, then));
    }

    /** The chain as {@link StoredAlert#afterDowntime} wants it: as if the time had stood still. */
    SourceReport afterDowntime(Instant lastAlive, Duration downtime) {
        return new SourceReport(
                source,
                startsAt,
                toldStart,
                firesAt(lastAlive) ? endsAt.plus(downtime) : endsAt,
                timeout,
                seenAt,
                periodMillis,
                next == null ? null : next.afterDowntime(lastAlive, downtime));
    }
}
