package dev.tocsin.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.fixture.Rows;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Rfc3339Test {
    static Stream<Arguments> instants() {
        return Rows.of(Rfc3339Test.class, "instants.tsv", 3);
    }

    @ParameterizedTest
    @MethodSource("instants")
    void instantsAreReadInAllAcceptedForms(String text, String printed, String error) throws InvalidTimeException {
        if (error.isEmpty()) {
            OffsetDateTime time = Rfc3339.parse(text);
            assertThat(Rfc3339.nanos(time.toInstant(), time.getOffset())).isEqualTo(printed);
        } else {
            assertThatThrownBy(() -> Rfc3339.parse(text))
                    .isInstanceOf(InvalidTimeException.class)
                    .hasMessage(error);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05.999999999Z, Z, 2026-01-02T03:04:05.999Z, 2026-01-02T03:04:05.999999999Z",
        "2026-01-02T03:04:05Z, Z, 2026-01-02T03:04:05.000Z, 2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.5Z, +02:00, 2026-01-02T05:04:05.500+02:00, 2026-01-02T05:04:05.5+02:00",
        "2026-01-01T00:00:00.100Z, -09:30, 2025-12-31T14:30:00.100-09:30, 2025-12-31T14:30:00.1-09:30",
        "2024-02-29T12:00:00Z, Z, 2024-02-29T12:00:00.000Z, 2024-02-29T12:00:00Z",
        "0001-01-01T00:00:00Z, Z, 0001-01-01T00:00:00.000Z, 0001-01-01T00:00:00Z"
    })
    void decimalsAreCutOffAndNotRounded(Instant time, String offset, String millis, String nanos) {
        ZoneOffset zone = ZoneOffset.of(offset);
        assertThat(Rfc3339.millis(time, zone)).isEqualTo(millis);
        assertThat(Rfc3339.nanos(time, zone)).isEqualTo(nanos);
        StringBuilder both = new StringBuilder("<");
        Rfc3339.appendMillis(both, time, zone);
        Rfc3339.appendNanos(both.append('|'), time, zone);
        assertThat(both).hasToString("<" + millis + "|" + nanos);
    }

    @Test
    void theZeroTimeIsTheYearOne() {
        assertThat(Rfc3339.nanos(Rfc3339.ZERO.toInstant(), ZoneOffset.UTC)).isEqualTo("0001-01-01T00:00:00Z");
    }

    @Test
    void anyInstantFitsTheBuffer() {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(-64_799);
        char[] out = new char[Rfc3339.MAX_LENGTH];
        assertThat(Rfc3339.writeNanos(out, 0, Instant.MAX, offset)).isLessThan(out.length);
        assertThat(Rfc3339.writeNanos(out, 0, Instant.MIN, offset)).isLessThan(out.length);
        assertThat(Rfc3339.millis(Instant.MAX, ZoneOffset.UTC)).isEqualTo("1000000000-12-31T23:59:59.999Z");
    }

    @Property
    void datesAreThoseOfTheCalendar(
            @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
        Instant time = Instant.ofEpochSecond(second, nano);
        LocalDateTime local = LocalDateTime.ofInstant(time, offset);
        if (local.getYear() < 0 || local.getYear() > 9999) {
            return;
        }
        String expected = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX")
                .format(OffsetDateTime.ofInstant(time, offset));
        assertThat(Rfc3339.millis(time, offset)).isEqualTo(expected);
    }

    @Property
    void whatIsPrintedIsReadBack(
            @ForAll @LongRange(min = -62_135_000_000L, max = 253_402_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano,
            @ForAll @IntRange(min = -17 * 60, max = 17 * 60) int offsetMinutes)
            throws InvalidTimeException {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
        OffsetDateTime time = OffsetDateTime.ofInstant(Instant.ofEpochSecond(second, nano), offset);
        assertThat(Rfc3339.parse(Rfc3339.nanos(time.toInstant(), offset))).isEqualTo(time);
    }

    @Provide
    Arbitrary<String> nasty() {
        return Arbitraries.of(
                        "2026-01-02", "T03:04", ":05", ".", "5", "Z", "+02:00", "-", "T", " ", "é", "+0200", "\u0000")
                .list()
                .ofMaxSize(7)
                .map(parts -> String.join("", parts));
    }

    @Property
    void anythingElseIsRefused(@ForAll("nasty") String text) {
        try {
            Rfc3339.parse(text);
        } catch (InvalidTimeException e) {
            assertThat(e.getMessage()).startsWith("parsing time ");
        }
    }
}
