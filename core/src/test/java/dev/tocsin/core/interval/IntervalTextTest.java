package dev.tocsin.core.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.fixture.Rows;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTextTest {
    private static final ZoneId HERE = ZoneId.of("Asia/Kathmandu");

    static Stream<Arguments> ranges() {
        return Rows.of(IntervalTextTest.class, "ranges.tsv", 4);
    }

    static Stream<Arguments> times() {
        return Rows.of(IntervalTextTest.class, "times.tsv", 3);
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void rangesAreReadAndPrinted(CalendarField field, String text, String printed, String error)
            throws InvalidIntervalException {
        if (error.isEmpty()) {
            assertThat(field.print(field.parse(text))).isEqualTo(printed);
            assertThat(field.parse(printed)).isEqualTo(field.parse(text));
        } else {
            assertThatThrownBy(() -> field.parse(text))
                    .isInstanceOf(InvalidIntervalException.class)
                    .hasMessage(error);
        }
    }

    @ParameterizedTest
    @MethodSource("times")
    void timesOfDayAreReadAndPrinted(String start, String end, String error) throws InvalidIntervalException {
        if (error.isEmpty()) {
            TimeRange range = TimeRange.parse(start, end);
            assertThat(range.startText()).isEqualTo(start);
            assertThat(range.endText()).isEqualTo(end);
        } else {
            assertThatThrownBy(() -> TimeRange.parse(start, end))
                    .isInstanceOf(InvalidIntervalException.class)
                    .hasMessage(error);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Local",
                "Europe/Berlin",
                "America/New_York",
                "EST",
                "MST",
                "HST",
                "ROC",
                "EST5EDT",
                "GMT",
                "Etc/GMT+5",
                "Asia/Kolkata",
                "US/Pacific"
            })
    void locationsKeepTheirName(String name) throws InvalidIntervalException {
        assertThat(Location.parse(name, HERE).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Mars/X", "utc", "europe/berlin", "+02:00", "UTC+1", "GMT+1", "Z", " ", "../etc/passwd", "PST"})
    void unknownLocationsAreRefused(String name) {
        assertThatThrownBy(() -> Location.parse(name, HERE)).hasMessage("unknown time zone " + name);
    }

    @Test
    void noLocationIsUtcAndLocalIsWhereTheProcessRuns() throws InvalidIntervalException {
        assertThat(Location.parse("", HERE)).isEqualTo(Location.UTC);
        assertThat(Location.parse("Local", HERE).zone()).isEqualTo(HERE);
    }
}
