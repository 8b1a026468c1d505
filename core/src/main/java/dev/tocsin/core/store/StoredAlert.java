package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.replicate.PeerClock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert with what made it.
 *
 * @param reports what each source says; null if the alert was last posted by a client that is no source
 * @param writtenUntil until when the copy on the disk and on peers lets the alert fire; before all time if there is none
 * @param plainAt when a client that is no source last posted it; before all time if none did
 */
record StoredAlert(Alert alert, @Nullable SourceReport reports, Instant writtenUntil, Instant plainAt) {
    /**
     * Whether this state must reach the disk and the peers: the alert is new, began, ended or was moved, a source changed
     * sides, contradicts another one or tells of a later beginning; or it is a mere re-send, but the copy there would end
     * before the re-send after the next one. Changed texts of a re-send wait for that.
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
        if (sides(now) != before.sides(now)
                || SourceMerge.beganAgain(before.reports, reports)
                || SourceMerge.isContested(reports, new AsOf(now))) {
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
        return new StoredAlert(alert, reports, until, plainAt);
    }

    /** What must be the same on all nodes: whether it fires, and by whose account. */
    long version(Instant now) {
        if (alert.resolvedAt(now)) {
            return 1;
        }
        long version = 2;
        for (SourceReport report = reports; report != null; report = report.next()) {
            version += report.firesAt(now) ? report.source().hash() : 0;
        }
        return version;
    }

    /** Whether its end is near and would only be inferred. */
    boolean endsUnheardBefore(AsOf at) {
        return (reports != null || alert.timeout())
                && !alert.resolvedAt(at.now())
                && alert.endsAt().isBefore(at.now().plus(SourceMerge.HOLD));
    }

    /** Whether it fires by now only because its end was not believed. */
    boolean isHeld(AsOf at) {
        SourceReport last = SourceMerge.last(reports, at);
        return last != null && alert.endsAt().isAfter(last.endsAt());
    }

    /** Its times by another clock; this same object if they are. */
    @SuppressWarnings("ReferenceEquality") // a time that is right here is the same object
    StoredAlert by(PeerClock peer) {
        Instant startsAt = peer.here(alert.startsAt());
        Instant endsAt = peer.here(alert.endsAt());
        Instant updatedAt = peer.here(alert.updatedAt());
        Instant postedAt = plainAt.equals(Instant.MIN) ? plainAt : peer.here(plainAt);
        SourceReport told = reports == null ? null : reports.by(peer);
        if (startsAt == alert.startsAt()
                && endsAt == alert.endsAt()
                && updatedAt == alert.updatedAt()
                && postedAt == plainAt
                && told == reports) {
            return this;
        }
        Alert ours = new Alert(
                alert.labels(),
                alert.annotations(),
                startsAt,
                alert.startsAtOffset(),
                endsAt,
                alert.endsAtOffset(),
                updatedAt,
                alert.generatorUrl(),
                alert.timeout());
        return new StoredAlert(ours, told, writtenUntil, postedAt);
    }

    /** This alert with a later end, because nobody has told that it has ended. */
    StoredAlert heldUntil(Instant end) {
        Alert held = new Alert(
                alert.labels(),
                alert.annotations(),
                alert.startsAt(),
                alert.startsAtOffset(),
                end,
                alert.endsAtOffset(),
                alert.updatedAt(),
                alert.generatorUrl(),
                alert.timeout());
        return new StoredAlert(held, reports, writtenUntil, plainAt);
    }

    /**
     * This alert, as the clock would have stamped it that was set back since. What has ended stays ended.
     *
     * @param then what the clock would read now if it had not been
     */
    StoredAlert setBack(Duration by, Instant then) {
        Alert moved = new Alert(
                alert.labels(),
                alert.annotations(),
                alert.startsAt(),
                alert.startsAtOffset(),
                alert.resolvedAt(then) ? alert.endsAt().minus(by) : alert.endsAt(),
                alert.endsAtOffset(),
                alert.updatedAt().minus(by),
                alert.generatorUrl(),
                alert.timeout());
        return new StoredAlert(
                moved,
                reports == null ? null : reports.setBack(by, then),
                writtenUntil,
                plainAt.equals(Instant.MIN) ? plainAt : plainAt.minus(by));
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
                : heldUntil(alert.endsAt().plus(downtime)).alert();
        return new StoredAlert(
                moved, reports == null ? null : reports.afterDowntime(lastAlive, downtime), writtenUntil, plainAt);
    }
}
