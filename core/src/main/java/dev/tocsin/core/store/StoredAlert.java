package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert with what made it.
 *
 * @param reports what each source says; null if the alert was last posted by a client that is no source
 * @param writtenUntil until when the copy on the disk lets the alert fire; before all time if there is none
 */
record StoredAlert(Alert alert, @Nullable SourceReport reports, Instant writtenUntil) {
    /**
     * Whether this state must reach the disk: the alert is new, began, ended or was moved, or a source changed sides; or
     * it is a mere re-send, but the copy on the disk would end before the re-send after the next one. Changed texts of a
     * re-send wait for that.
     */
    boolean isMaterial(@Nullable StoredAlert before, Instant now) {
        if (before == null) {
            return true;
        }
        Alert old = before.alert;
        boolean resolved = alert.resolvedAt(now);
        if (resolved != old.resolvedAt(now) || !alert.startsAt().equals(old.startsAt())) {
            return true;
        }
        if (resolved || (reports == null && !alert.timeout())) {
            return !alert.endsAt().equals(old.endsAt()) || !alert.annotations().equals(old.annotations());
        }
        if (sides(now) != before.sides(now)) {
            return true;
        }
        // A sender gives four periods; one and a half are left when the copy is renewed.
        long validity = Duration.between(now, alert.endsAt()).toMillis();
        return writtenUntil.isBefore(now.plusMillis(validity / 8 * 3));
    }

    /** How many sources there are and how many of them say that it fires, in one number. */
    private int sides(Instant now) {
        int sides = 0;
        for (SourceReport report = reports; report != null; report = report.next()) {
            sides += report.firesAt(now) ? 0x10001 : 1;
        }
        return sides;
    }

    /** This alert, once its state is on the disk. */
    StoredAlert written(Instant now) {
        Instant until = alert.endsAt();
        for (SourceReport report = reports; report != null; report = report.next()) {
            if (report.firesAt(now) && report.endsAt().isBefore(until)) {
                until = report.endsAt();
            }
        }
        return new StoredAlert(alert, reports, until);
    }

    /**
     * This alert after {@code downtime} in which the node could not hear its senders: an end that was only inferred, by
     * the hub or by a sender that re-sends, moves on by as much if it had not passed when the node was last alive.
     */
    StoredAlert afterDowntime(Instant lastAlive, Duration downtime) {
        if ((reports == null && !alert.timeout()) || downtime.isZero()) {
            return this;
        }
        Alert moved = alert.resolvedAt(lastAlive)
                ? alert
                : new Alert(
                        alert.labels(),
                        alert.annotations(),
                        alert.startsAt(),
                        alert.startsAtOffset(),
                        alert.endsAt().plus(downtime),
                        alert.endsAtOffset(),
                        alert.updatedAt(),
                        alert.generatorUrl(),
                        alert.timeout());
        return new StoredAlert(
                moved, reports == null ? null : reports.afterDowntime(lastAlive, downtime), writtenUntil);
    }
}
