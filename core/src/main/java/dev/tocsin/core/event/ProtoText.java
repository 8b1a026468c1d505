package dev.tocsin.core.event;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;

/** Times and durations as the JSON mapping of protocol buffers writes them: 0, 3, 6 or 9 digits of a second. */
final class ProtoText {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private ProtoText() {}

    /** In UTC, such as {@code 2026-01-02T03:04:05.600Z}. */
    static String time(Instant time) {
        return SECONDS.format(time) + fraction(time.get(ChronoField.NANO_OF_SECOND)) + "Z";
    }

    /** Such as {@code 300s}. */
    static String duration(Duration duration) {
        boolean negative = duration.isNegative();
        Duration size = duration.abs();
        return (negative ? "-" : "") + size.getSeconds() + fraction(size.getNano()) + "s";
    }

    private static String fraction(int nanos) {
        if (nanos == 0) {
            return "";
        }
        String digits = "%09d".formatted(nanos);
        if (nanos % 1_000_000 == 0) {
            return "." + digits.substring(0, 3);
        }
        return "." + (nanos % 1_000 == 0 ? digits.substring(0, 6) : digits);
    }
}
