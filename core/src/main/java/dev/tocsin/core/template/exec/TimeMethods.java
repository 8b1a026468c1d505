package dev.tocsin.core.template.exec;

import dev.tocsin.core.template.time.GoLayout;
import dev.tocsin.core.template.value.Bool;
import dev.tocsin.core.template.value.FunctionException;
import dev.tocsin.core.template.value.Moment;
import dev.tocsin.core.template.value.Place;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;
import dev.tocsin.core.template.value.WholeType;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The methods of instants. Stateless. */
final class TimeMethods {
    private static final BigInteger GIGA = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger YEAR_ONE =
            BigInteger.valueOf(Moment.ZERO.time().toEpochSecond());

    private TimeMethods() {}

    static Map<String, Routine> all(Routine string) {
        Map<String, Routine> all = new HashMap<>();
        all.put("String", string);
        all.put("Format", Routine.of(TimeMethods::format, Parameter.STRING));
        all.put("UTC", Routine.of((environment, values) -> in(values[0], ZoneOffset.UTC)));
        all.put("Local", Routine.of((environment, values) -> in(values[0], environment.local())));
        all.put(
                "In",
                Routine.of(
                        (environment, values) -> {
                            if (values[1] instanceof Place place) {
                                return in(values[0], place.zone());
                            }
                            throw new FunctionException("time: missing Location in call to Time.In");
                        },
                        Parameter.LOCATION));
        all.put(
                "Location",
                Routine.of((environment, values) ->
                        place(environment, time(values[0]).getZone())));
        all.put(
                "Add",
                Routine.of(
                        (environment, values) ->
                                moved(() -> time(values[0]).plusNanos(DurationMethods.nanos(values[1]))),
                        Parameter.DURATION));
        all.put("AddDate", Routine.of(TimeMethods::addDate, Parameter.INT, Parameter.INT, Parameter.INT));
        all.put(
                "Sub",
                Routine.of(
                        (environment, values) ->
                                Whole.duration(OtherFunctions.difference((Moment) values[0], (Moment) values[1])),
                        Parameter.TIME));
        all.put("IsZero", Routine.of((environment, values) -> Bool.of(((Moment) values[0]).isZero())));
        all.put("After", comparison((a, b) -> a.isAfter(b)));
        all.put("Before", comparison((a, b) -> a.isBefore(b)));
        all.put("Equal", comparison((a, b) -> a.equals(b)));
        all.put("Round", Routine.of((environment, values) -> snapped(values, true), Parameter.DURATION));
        all.put("Truncate", Routine.of((environment, values) -> snapped(values, false), Parameter.DURATION));
        all.put("Unix", field(WholeType.INT64, ZonedDateTime::toEpochSecond));
        all.put("UnixMilli", field(WholeType.INT64, time -> time.toEpochSecond() * 1000 + time.getNano() / 1_000_000));
        all.put("UnixMicro", field(WholeType.INT64, time -> time.toEpochSecond() * 1_000_000 + time.getNano() / 1000));
        all.put("UnixNano", field(WholeType.INT64, time -> time.toEpochSecond() * 1_000_000_000 + time.getNano()));
        all.put("Year", field(WholeType.INT, ZonedDateTime::getYear));
        all.put("Month", field(WholeType.MONTH, ZonedDateTime::getMonthValue));
        all.put("Day", field(WholeType.INT, ZonedDateTime::getDayOfMonth));
        all.put("Weekday", field(WholeType.WEEKDAY, time -> time.getDayOfWeek().getValue() % 7));
        all.put("Hour", field(WholeType.INT, ZonedDateTime::getHour));
        all.put("Minute", field(WholeType.INT, ZonedDateTime::getMinute));
        all.put("Second", field(WholeType.INT, ZonedDateTime::getSecond));
        all.put("Nanosecond", field(WholeType.INT, time -> time.getLong(ChronoField.NANO_OF_SECOND)));
        all.put("YearDay", field(WholeType.INT, ZonedDateTime::getDayOfYear));
        return all;
    }

    private static Routine field(WholeType type, ToLongFunction<ZonedDateTime> field) {
        return Routine.of((environment, values) -> new Whole(field.applyAsLong(time(values[0])), type));
    }

    /** Compares two instants. */
    @FunctionalInterface
    private interface Comparison {
        boolean holds(Instant a, Instant b);
    }

    private static Routine comparison(Comparison comparison) {
        return Routine.of(
                (environment, values) -> Bool.of(comparison.holds(
                        time(values[0]).toInstant(), time(values[1]).toInstant())),
                Parameter.TIME);
    }

    private static ZonedDateTime time(Value value) {
        return ((Moment) value).time();
    }

    private static Value format(Environment environment, Value[] values) {
        String layout = TextFunctions.text(values[1]);
        environment.budget().work(layout.length());
        return Text.of(GoLayout.format(time(values[0]), layout));
    }

    private static Value in(Value value, ZoneId zone) {
        return new Moment(time(value).withZoneSameInstant(zone));
    }

    private static Value place(Environment environment, ZoneId zone) {
        String name = zone instanceof ZoneOffset offset
                ? (offset.getTotalSeconds() == 0 ? "UTC" : "")
                : zone.equals(environment.local()) ? "Local" : zone.getId();
        return new Place(zone, name);
    }

    /** Computes an instant. */
    @FunctionalInterface
    private interface Moving {
        ZonedDateTime move();
    }

    private static Value moved(Moving moving) throws FunctionException {
        try {
            return new Moment(moving.move());
        } catch (DateTimeException | ArithmeticException e) {
            throw new FunctionException("time out of range");
        }
    }

    /** A day that the month has not counts on into the next one. */
    private static Value addDate(Environment environment, Value[] values) throws FunctionException {
        return moved(() -> {
            ZonedDateTime time = time(values[0]);
            long months = DurationMethods.nanos(values[1]) * 12 + DurationMethods.nanos(values[2]);
            long days = time.getDayOfMonth() - 1 + DurationMethods.nanos(values[3]);
            return time.toLocalDateTime()
                    .withDayOfMonth(1)
                    .plusMonths(months)
                    .plusDays(days)
                    .atZone(time.getZone());
        });
    }

    /** To a multiple of a duration since the first instant of year 1. */
    private static Value snapped(Value[] values, boolean round) throws FunctionException {
        ZonedDateTime time = time(values[0]);
        long unit = DurationMethods.nanos(values[1]);
        if (unit <= 0) {
            return values[0];
        }
        BigInteger nanos = BigInteger.valueOf(time.toEpochSecond())
                .subtract(YEAR_ONE)
                .multiply(GIGA)
                .add(BigInteger.valueOf(time.getNano()));
        long rest = nanos.mod(BigInteger.valueOf(unit)).longValue();
        boolean up = round && rest >= unit - rest;
        return moved(() -> up ? time.plusNanos(unit - rest) : time.minusNanos(rest));
    }
}
