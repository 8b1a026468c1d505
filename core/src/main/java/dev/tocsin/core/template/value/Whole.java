package dev.tocsin.core.template.value;

import dev.tocsin.core.time.GoDuration;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A whole number.
 *
 * @param value nanoseconds for durations, 1 for January, 0 for Sunday
 */
public record Whole(long value, WholeType kind) implements Value {
    /** An {@code int}. */
    public static Whole of(long value) {
        return new Whole(value, WholeType.INT);
    }

    /** A duration. */
    public static Whole duration(long nanos) {
        return new Whole(nanos, WholeType.DURATION);
    }

    @Override
    public String type() {
        return kind.go();
    }

    @Override
    public boolean truth() {
        return value != 0;
    }

    /** Whether negative values are possible. */
    public boolean signed() {
        return kind != WholeType.UINT8;
    }

    /** The text of a duration, month or weekday; null for plain numbers. */
    public @Nullable String text() {
        return switch (kind) {
            case INT, INT64, UINT8 -> null;
            case DURATION -> GoDuration.print(Duration.ofNanos(value));
            case MONTH -> Month.of((int) value).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case WEEKDAY -> DayOfWeek.of(value == 0 ? 7 : (int) value).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        };
    }
}
