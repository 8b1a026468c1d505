package dev.tocsin.api.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.tocsin.api.service.ServiceException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times and durations in messages. */
final class Times {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Times() {}

    /** Times that a message cannot hold are shown as the first or last one that it can. */
    static Instant shown(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }

    static Timestamp timestamp(Instant time) {
        Instant shown = shown(time);
        return Timestamp.newBuilder()
                .setSeconds(shown.getEpochSecond())
                .setNanos(shown.getNano())
                .build();
    }

    static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    static Instant instant(String field, Timestamp time) {
        Instant read = null;
        if (time.getNanos() >= 0 && time.getNanos() <= 999_999_999) {
            try {
                read = Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
            } catch (DateTimeException e) {
                // out of bounds, as below
            }
        }
        if (read == null || read.isBefore(FIRST) || read.isAfter(LAST)) {
            throw ServiceException.invalid(field, "must be between 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z");
        }
        return read;
    }

    static OffsetDateTime date(String field, Timestamp time) {
        return instant(field, time).atOffset(ZoneOffset.UTC);
    }

    static java.time.Duration duration(String field, Duration duration) {
        try {
            return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
        } catch (ArithmeticException e) {
            throw ServiceException.invalid(field, "is no duration");
        }
    }
}
