package dev.tocsin.core.interval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeIntervalTest {
    private static TimeIntervalSpec times(String start, String end, String location) throws InvalidIntervalException {
        Location place = Location.parse(location, ZoneOffset.UTC);
        return new TimeIntervalSpec(List.of(TimeRange.parse(start, end)), null, null, null, null, place);
    }

    private static TimeIntervalSpec days(String range) throws InvalidIntervalException {
        return new TimeIntervalSpec(null, null, List.of(CalendarField.DAY_OF_MONTH.parse(range)), null, null, null);
    }

    @ParameterizedTest
    @CsvSource({
        "09:00, 17:00, 2026-01-05T09:00:00Z, true",
        "09:00, 17:00, 2026-01-05T08:59:59.999Z, false",
        "09:00, 17:00, 2026-01-05T16:59:59.999Z, true",
        "09:00, 17:00, 2026-01-05T17:00:00Z, false",
        "00:00, 24:00, 2026-01-05T23:59:59Z, true"
    })
    void theEndOfATimeRangeIsOutside(String start, String end, Instant time, boolean expected)
            throws InvalidIntervalException {
        assertThat(times(start, end, "UTC").contains(time)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1:5, 2026-01-01T00:00:00Z, true",
        "1:5, 2026-01-05T23:59:59Z, true",
        "1:5, 2026-01-06T00:00:00Z, false",
        "-1, 2026-02-28T12:00:00Z, true",
        "-1, 2024-02-28T12:00:00Z, false",
        "-1, 2024-02-29T12:00:00Z, true",
        "-3:-1, 2026-04-28T12:00:00Z, true",
        "-3:-1, 2026-04-27T12:00:00Z, false",
        "31, 2026-04-30T12:00:00Z, false",
        "30:31, 2026-04-30T12:00:00Z, true",
        "29:31, 2026-02-28T12:00:00Z, false",
        "-31:-30, 2026-02-01T12:00:00Z, false",
        "-31:-28, 2026-02-01T12:00:00Z, true",
        "1:-1, 2026-02-14T12:00:00Z, true"
    })
    void daysCountFromEitherEndOfTheMonth(String range, Instant time, boolean expected)
            throws InvalidIntervalException {
        assertThat(days(range).contains(time)).isEqualTo(expected);
    }

    @Test
    void theClockOnTheWallDecidesWhenClocksChange() throws InvalidIntervalException {
        TimeIntervalSpec twoToThree = times("02:00", "03:00", "Europe/Berlin");
        // In spring the hour from 2 to 3 does not exist; in autumn it comes twice.
        assertThat(twoToThree.contains(Instant.parse("2026-03-29T00:59:59Z"))).isFalse();
        assertThat(twoToThree.contains(Instant.parse("2026-03-29T01:00:00Z"))).isFalse();
        assertThat(twoToThree.contains(Instant.parse("2026-10-25T00:30:00Z"))).isTrue();
        assertThat(twoToThree.contains(Instant.parse("2026-10-25T01:30:00Z"))).isTrue();
        assertThat(twoToThree.contains(Instant.parse("2026-10-25T02:30:00Z"))).isFalse();
    }

    @Test
    void theLastDayOfAMonthIsTheLocalOne() throws InvalidIntervalException {
        TimeIntervalSpec lastDay = new TimeIntervalSpec(
                null,
                null,
                List.of(CalendarField.DAY_OF_MONTH.parse("-1")),
                null,
                null,
                Location.parse("America/New_York", ZoneOffset.UTC));
        assertThat(lastDay.contains(Instant.parse("2026-04-01T03:59:59Z"))).isTrue();
        assertThat(lastDay.contains(Instant.parse("2026-04-01T04:00:00Z"))).isFalse();
        assertThat(lastDay.contains(Instant.parse("2026-03-31T03:59:59Z"))).isFalse();
    }

    @Test
    void anIntervalContainsWhatAnyOfItsSpecificationsDoes() throws InvalidIntervalException {
        Instant noon = Instant.parse("2026-01-05T12:00:00Z");
        TimeIntervalSpec day = times("09:00", "17:00", "UTC");
        TimeIntervalSpec night = times("20:00", "22:00", "UTC");
        assertThat(new TimeInterval("off", List.of(day, night)).contains(noon)).isTrue();
        assertThat(new TimeInterval("off", List.of(night)).contains(noon)).isFalse();
        assertThat(new TimeInterval("off", List.of(day, night, TimeIntervalSpec.ALWAYS)).count(noon))
                .isEqualTo(2);
    }

    @Test
    void noSpecificationIsNeverAndAnEmptyOneIsAlways() {
        Instant time = Instant.parse("2026-01-05T12:00:00Z");
        assertThat(new TimeInterval("never", List.of()).contains(time)).isFalse();
        assertThat(new TimeInterval("always", List.of(TimeIntervalSpec.ALWAYS)).contains(time))
                .isTrue();
        assertThat(new TimeIntervalSpec(null, List.of(), null, null, null, null).contains(time))
                .isFalse();
    }

    @Provide
    Arbitrary<TimeIntervalSpec> specs() {
        Arbitrary<@Nullable List<TimeRange>> times = Arbitraries.integers()
                .between(0, 1439)
                .tuple2()
                .map(pair -> new TimeRange(Math.min(pair.get1(), pair.get2()), Math.max(pair.get1(), pair.get2()) + 1))
                .list()
                .ofMaxSize(2)
                .injectNull(0.5);
        Arbitrary<Location> location = Arbitraries.of("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
                .map(name -> new Location(name, ZoneId.of(name)));
        return Combinators.combine(times, ranges(0, 6), ranges(-31, 31), ranges(1, 12), ranges(2024, 2027), location)
                .as(TimeIntervalSpec::new);
    }

    private static Arbitrary<@Nullable List<InclusiveRange>> ranges(int min, int max) {
        return Arbitraries.integers()
                .between(min, max)
                .filter(value -> min >= 0 || value != 0)
                .tuple2()
                .map(pair -> new InclusiveRange(pair.get1(), pair.get2()))
                .list()
                .ofMaxSize(2)
                .injectNull(0.5);
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("2024-01-01T00:00:00Z").getEpochSecond(),
                        Instant.parse("2027-12-31T23:59:59Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    @Property(tries = 3000)
    void specificationsContainWhatASlowModelSays(
            @ForAll("specs") TimeIntervalSpec spec, @ForAll("moments") Instant time) {
        assertThat(spec.contains(time)).isEqualTo(model(spec, time));
    }

    /** Lists the days of the month by name instead of computing with them. */
    private static boolean model(TimeIntervalSpec spec, Instant time) {
        Location location = spec.location() == null ? Location.UTC : spec.location();
        ZonedDateTime local = time.atZone(location.zone());
        int minute = local.getHour() * 60 + local.getMinute();
        List<DayOfWeek> week = List.of(
                DayOfWeek.SUNDAY,
                DayOfWeek.MONDAY,
                DayOfWeek.TUESDAY,
                DayOfWeek.WEDNESDAY,
                DayOfWeek.THURSDAY,
                DayOfWeek.FRIDAY,
                DayOfWeek.SATURDAY);
        return (spec.times() == null
                        || spec.times().stream()
                                .anyMatch(range -> range.startMinute() <= minute && minute < range.endMinute()))
                && any(spec.weekdays(), week.indexOf(local.getDayOfWeek()))
                && any(spec.months(), local.getMonthValue())
                && any(spec.years(), local.getYear())
                && (spec.daysOfMonth() == null
                        || spec.daysOfMonth().stream().anyMatch(range -> containsDay(range, local)));
    }

    private static boolean any(@Nullable List<InclusiveRange> ranges, int value) {
        return ranges == null || ranges.stream().anyMatch(range -> range.begin() <= value && value <= range.end());
    }

    private static boolean containsDay(InclusiveRange range, ZonedDateTime local) {
        int length = YearMonth.from(local).lengthOfMonth();
        int begin = day(range.begin(), length);
        int end = day(range.end(), length);
        if (begin > length) {
            return false;
        }
        for (int day = Math.max(1, begin); day <= Math.min(length, end); day++) {
            if (day == local.getDayOfMonth()) {
                return true;
            }
        }
        return false;
    }

    private static int day(int value, int length) {
        return value < 0 ? length + 1 + value : value;
    }
}
