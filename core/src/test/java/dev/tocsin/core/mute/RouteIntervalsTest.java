package dev.tocsin.core.mute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.interval.InclusiveRange;
import dev.tocsin.core.interval.Location;
import dev.tocsin.core.interval.TimeInterval;
import dev.tocsin.core.interval.TimeIntervalSpec;
import dev.tocsin.core.interval.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Until when the intervals of a route mute. */
class RouteIntervalsTest {
    private static final Location BERLIN = new Location("Europe/Berlin", ZoneId.of("Europe/Berlin"));

    private static TimeInterval interval(
            @Nullable List<TimeRange> times, @Nullable List<InclusiveRange> weekdays, Location location) {
        return new TimeInterval("i", List.of(new TimeIntervalSpec(times, weekdays, null, null, null, location)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // the night, by Berlin's clock, also on the nights on which the clocks change
                "2026-01-05T23:30:00Z | 22:00 | 24:00 | -",
                "2026-01-05T22:30:00Z | 22:00 | 24:00 | 2026-01-05T23:00:00Z",
                "2026-07-05T21:30:00Z | 22:00 | 24:00 | 2026-07-05T22:00:00Z",
                "2026-01-05T23:30:00Z | 00:00 | 06:00 | 2026-01-06T05:00:00Z",
                "2026-03-29T00:30:00Z | 00:00 | 06:00 | 2026-03-29T04:00:00Z",
                "2026-10-25T00:15:00Z | 02:00 | 02:30 | 2026-10-25T00:30:00Z",
                "2026-10-25T01:15:00Z | 02:00 | 02:30 | 2026-10-25T01:30:00Z"
            })
    void endsByTheClockOfThePlace(Instant at, String from, String to, @Nullable Instant end) throws Exception {
        TimeInterval night = interval(List.of(TimeRange.parse(from, to)), null, BERLIN);
        assertThat(new RouteIntervals(List.of(), List.of(night)).mutedUntil(at)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-09T12:00:00Z, 2026-01-12T00:00:00Z", "2026-01-12T12:00:00Z,"})
    void outsideOfActiveDaysItIsMutedUntilTheNextOne(Instant at, @Nullable Instant end) {
        TimeInterval monday = interval(null, List.of(new InclusiveRange(1, 1)), Location.UTC);
        assertThat(new RouteIntervals(List.of(monday), List.of()).mutedUntil(at))
                .isEqualTo(end);
    }

    /** Beside a search minute by minute. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithLookingAtEveryMinute(long seed) {
        Random random = new Random(seed);
        List<TimeInterval> mute = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int start = random.nextInt(1380);
            String zone = List.of("Europe/Berlin", "Pacific/Auckland", "America/New_York", "Asia/Kathmandu")
                    .get(random.nextInt(4));
            List<InclusiveRange> days =
                    random.nextBoolean() ? null : List.of(new InclusiveRange(random.nextInt(3), 3 + random.nextInt(4)));
            mute.add(interval(
                    List.of(new TimeRange(start, start + 1 + random.nextInt(1440 - start))),
                    days,
                    new Location(zone, ZoneId.of(zone))));
        }
        RouteIntervals intervals = new RouteIntervals(List.of(), mute);
        Instant at = Instant.parse("2026-03-27T00:00:00Z");
        for (int i = 0; i < 12; i++) {
            at = at.plus(Duration.ofMinutes(random.nextInt(600)));
            assertThat(intervals.mutedUntil(at)).as("muted at %s until", at).isEqualTo(slowly(intervals, at));
        }
    }

    private static @Nullable Instant slowly(RouteIntervals intervals, Instant at) {
        if (intervals.verdict(at) instanceof MuteVerdict.NotMuted) {
            return null;
        }
        for (int minute = 1; minute < 14 * 1440; minute++) {
            Instant then = at.plus(Duration.ofMinutes(minute));
            if (intervals.verdict(then) instanceof MuteVerdict.NotMuted) {
                return then;
            }
        }
        return null;
    }
}
