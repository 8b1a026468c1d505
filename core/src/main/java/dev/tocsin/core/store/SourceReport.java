package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one source last said about an alert. The reports of an alert are a chain, the latest poster first: there is mostly
 * one, seldom more than two, and each costs some forty bytes.
 *
 * @param startsAt when the alert began by its account
 * @param endsAt until when it fires by its account
 * @param timeout whether {@code endsAt} was inferred
 * @param seenAt when it said so
 * @param periodMillis how long it takes to say it again; 0 as long as it has not
 * @param next the report of another source, or null
 */
record SourceReport(
        Source source,
        Instant startsAt,
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
                merged.endsAt(),
                merged.timeout(),
                posted.updatedAt(),
                earlier == null ? UNKNOWN_PERIOD : period(earlier, posted),
                next);
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
        long gap = Math.min(validity, posted.updatedAt().toEpochMilli() - earlier.seenAt.toEpochMilli());
        long told = posted.timeout() ? 0 : validity / 4;
        return (int) Math.min(Integer.MAX_VALUE, Math.max(earlier.periodMillis, Math.max(gap, told)));
    }

    boolean firesAt(Instant now) {
        return endsAt.isAfter(now);
    }

    /** Whether the source said that the alert is over, rather than having let its end pass. */
    boolean saysResolved() {
        return !endsAt.isAfter(seenAt);
    }

    /** Whether the source has posted for more than two periods without this alert. */
    boolean isSilent() {
        return periodMillis != UNKNOWN_PERIOD && source.lastPostAt().isAfter(seenAt.plusMillis(2L * periodMillis));
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

    SourceReport withNext(@Nullable SourceReport other) {
        return new SourceReport(source, startsAt, endsAt, timeout, seenAt, periodMillis, other);
    }

    /** The chain as {@link StoredAlert#afterDowntime} wants it: as if the time had stood still. */
    SourceReport afterDowntime(Instant lastAlive, Duration downtime) {
        return new SourceReport(
                source,
                startsAt,
                firesAt(lastAlive) ? endsAt.plus(downtime) : endsAt,
                timeout,
                firesAt(lastAlive) ? seenAt.plus(downtime) : seenAt,
                periodMillis,
                next == null ? null : next.afterDowntime(lastAlive, downtime));
    }
}
