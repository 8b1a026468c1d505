package dev.tocsin.core.template.value;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * An instant in a zone.
 *
 * @param time in UTC, in an offset of its own, or in a zone by name
 */
public record Moment(ZonedDateTime time) implements Value {
    /** Go's zero time. */
    public static final Moment ZERO = new Moment(ZonedDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));

    /** {@code instant} in {@code zone}. */
    public static Moment of(Instant instant, ZoneId zone) {
        return new Moment(instant.atZone(zone));
    }

    @Override
    public String type() {
        return "time.Time";
    }

    /** A structure is always true, even the zero time. */
    @Override
    public boolean truth() {
        return true;
    }

    /** Whether it is Go's zero time, in whatever zone. */
    public boolean isZero() {
        return time.toInstant().equals(ZERO.time.toInstant());
    }
}
