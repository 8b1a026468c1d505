package dev.tocsin.core.interval;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One specification of a time interval: it contains a moment if every field that is given does. A field that is given
 * without ranges contains none (contract section 6.5). Moments are told by the wall clock of the location, so an hour
 * that a change of clocks skips or repeats needs no care.
 *
 * @param times parts of the day, or null if any will do
 * @param weekdays as {@code times}; sunday is 0
 * @param daysOfMonth as {@code times}; negative days count from the end of the month
 * @param months as {@code times}; january is 1
 * @param years as {@code times}
 * @param location whose clocks count; null if none was given, which means UTC
 */
public record TimeIntervalSpec(
        @Nullable List<TimeRange> times,
        @Nullable List<InclusiveRange> weekdays,
        @Nullable List<InclusiveRange> daysOfMonth,
        @Nullable List<InclusiveRange> months,
        @Nullable List<InclusiveRange> years,
        @Nullable Location location) {

    /** The specification without any condition. */
    public static final TimeIntervalSpec ALWAYS = new TimeIntervalSpec(null, null, null, null, null, null);

    /** Copies the lists. */
    public TimeIntervalSpec {
        times = times == null ? null : List.copyOf(times);
        weekdays = weekdays == null ? null : List.copyOf(weekdays);
        daysOfMonth = daysOfMonth == null ? null : List.copyOf(daysOfMonth);
        months = months == null ? null : List.copyOf(months);
        years = years == null ? null : List.copyOf(years);
    }

    /** Whether {@code time} lies inside. */
    public boolean contains(Instant time) {
        Location place = location == null ? Location.UTC : location;
        LocalDateTime local = LocalDateTime.ofInstant(time, place.zone());
        return containsTime(local.getHour() * 60 + local.getMinute())
                && contains(weekdays, local.getDayOfWeek().getValue() % 7)
                && containsDay(local.getDayOfMonth(), local.toLocalDate().lengthOfMonth())
                && contains(months, local.getMonthValue())
                && contains(years, local.getYear());
    }

    /** Adds the moments around a day at which the answer may change: its midnights, ends of ranges, changes of clocks. */
    void addBoundaries(Instant day, List<Instant> found) {
        ZoneId zone = (location == null ? Location.UTC : location).zone();
        LocalDate date = LocalDate.ofInstant(day, zone);
        found.add(date.atStartOfDay(zone).toInstant());
        found.add(date.plusDays(1).atStartOfDay(zone).toInstant());
        for (TimeRange range : times == null ? List.<TimeRange>of() : times) {
            for (int minute : new int[] {range.startMinute(), range.endMinute()}) {
                ZonedDateTime first = date.atStartOfDay().plusMinutes(minute).atZone(zone);
                found.add(first.toInstant());
                found.add(first.withLaterOffsetAtOverlap().toInstant());
            }
        }
        ZoneOffsetTransition change = zone.getRules().nextTransition(day);
        if (change != null && change.getInstant().isBefore(day.plus(Duration.ofDays(1)))) {
            found.add(change.getInstant());
        }
    }

    private boolean containsTime(int minuteOfDay) {
        if (times == null) {
            return true;
        }
        for (TimeRange range : times) {
            if (range.contains(minuteOfDay)) {
                return true;
            }
        }
        return false;
    }

    /** Days beyond the end of the month belong to no day; the rest of such a range counts. */
    private boolean containsDay(int day, int daysInMonth) {
        if (daysOfMonth == null) {
            return true;
        }
        for (InclusiveRange range : daysOfMonth) {
            int begin = range.begin() < 0 ? daysInMonth + range.begin() + 1 : range.begin();
            int end = range.end() < 0 ? daysInMonth + range.end() + 1 : range.end();
            if (day >= begin && day <= end) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(@Nullable List<InclusiveRange> ranges, int value) {
        if (ranges == null) {
            return true;
        }
        for (InclusiveRange range : ranges) {
            if (range.contains(value)) {
                return true;
            }
        }
        return false;
    }
}
