package dev.tocsin.core.config.decode;

import dev.tocsin.core.interval.CalendarField;
import dev.tocsin.core.interval.InclusiveRange;
import dev.tocsin.core.interval.InvalidIntervalException;
import dev.tocsin.core.interval.Location;
import dev.tocsin.core.interval.TimeInterval;
import dev.tocsin.core.interval.TimeIntervalSpec;
import dev.tocsin.core.interval.TimeRange;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlNode;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads named time intervals (contract section 6.5). */
final class TimeIntervalDecoder {
    private static final TimeInterval NAMELESS = new TimeInterval("", List.of());

    private final ZoneId local;
    private final Origins origins;

    TimeIntervalDecoder(ZoneId local, Origins origins) {
        this.local = local;
        this.origins = origins;
    }

    /**
     * The intervals of one of the two lists.
     *
     * @param what how messages call such an interval
     */
    List<TimeInterval> decode(YamlFields config, String key, String goType, String what) {
        return config.list(key, goType, item -> {
            if (item.isNull()) {
                return NAMELESS;
            }
            return config.problems().struct(item, "config.plain", fields -> interval(fields, what));
        });
    }

    private TimeInterval interval(YamlFields fields, String what) {
        TimeInterval interval = new TimeInterval(
                fields.string("name"),
                fields.list("time_intervals", "timeinterval.TimeInterval", item -> spec(fields, item)));
        if (interval.name().isEmpty()) {
            fields.refuse("missing name in " + what);
        }
        return origins.keep(interval, fields);
    }

    private TimeIntervalSpec spec(YamlFields parent, YamlNode item) {
        if (item.isNull()) {
            return TimeIntervalSpec.ALWAYS;
        }
        return parent.problems()
                .struct(
                        item,
                        "timeinterval.TimeInterval",
                        fields -> new TimeIntervalSpec(
                                fields.has("times")
                                        ? fields.list("times", "timeinterval.TimeRange", time -> time(fields, time))
                                        : null,
                                ranges(fields, "weekdays", "timeinterval.WeekdayRange", CalendarField.WEEKDAY),
                                ranges(
                                        fields,
                                        "days_of_month",
                                        "timeinterval.DayOfMonthRange",
                                        CalendarField.DAY_OF_MONTH),
                                ranges(fields, "months", "timeinterval.MonthRange", CalendarField.MONTH),
                                ranges(fields, "years", "timeinterval.YearRange", CalendarField.YEAR),
                                fields.text("location", null, this::location)));
    }

    private TimeRange time(YamlFields parent, YamlNode item) {
        TimeRange none = new TimeRange(0, 0);
        if (item.isNull()) {
            return none;
        }
        return parent.problems().struct(item, "timeinterval.yamlTimeRange", fields -> {
            try {
                return TimeRange.parse(fields.string("start_time"), fields.string("end_time"));
            } catch (InvalidIntervalException e) {
                fields.refuse(String.valueOf(e.getMessage()));
                return none;
            }
        });
    }

    private static @Nullable List<InclusiveRange> ranges(
            YamlFields fields, String key, String goType, CalendarField field) {
        List<InclusiveRange> ranges = fields.texts(key, goType, new InclusiveRange(0, 0), text -> {
            try {
                return field.parse(text);
            } catch (InvalidIntervalException e) {
                throw new InvalidValueException(String.valueOf(e.getMessage()));
            }
        });
        return fields.has(key) ? ranges : null;
    }

    private Location location(String text) throws InvalidValueException {
        try {
            return Location.parse(text, local);
        } catch (InvalidIntervalException e) {
            throw new InvalidValueException(String.valueOf(e.getMessage()));
        }
    }
}
