package dev.tocsin.core.interval;

import dev.tocsin.core.label.GoQuote;
import java.util.List;
import java.util.Locale;

/** The fields of a date that a time interval can restrict, and how their ranges are written (contract section 6.5). */
public enum CalendarField {
    /** {@code monday:friday}; sunday is 0 and weeks do not wrap. */
    WEEKDAY,
    /** {@code 1:5}; negative days count from the end of the month, -1 being the last. */
    DAY_OF_MONTH,
    /** {@code 1:3}, {@code january:march}; numbers are not checked, as the original does not. */
    MONTH,
    /** {@code 2020:2030}. */
    YEAR;

    private static final List<String> WEEKDAYS =
            List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    /** The length of the shortest month as the original counts it when it looks for ranges that are always empty. */
    private static final int SHORTEST_MONTH = 28;

    /**
     * The range that {@code text} names: one value, or two with a colon between them. Case does not matter.
     *
     * @throws InvalidIntervalException if it names none, or one that is always empty
     */
    public InclusiveRange parse(String text) throws InvalidIntervalException {
        String lower = text.toLowerCase(Locale.ROOT);
        int colon = lower.indexOf(':');
        if (colon != lower.lastIndexOf(':')) {
            throw new InvalidIntervalException("couldn't parse range " + lower + ", invalid format");
        }
        int begin = value(colon < 0 ? lower : lower.substring(0, colon));
        InclusiveRange range = new InclusiveRange(begin, colon < 0 ? begin : value(lower.substring(colon + 1)));
        check(range);
        return range;
    }

    private int value(String text) throws InvalidIntervalException {
        return switch (this) {
            case WEEKDAY -> weekday(text);
            case MONTH -> month(text);
            case DAY_OF_MONTH, YEAR -> number(text);
        };
    }

    private static int weekday(String text) throws InvalidIntervalException {
        int day = WEEKDAYS.indexOf(text);
        if (day < 0) {
            throw new InvalidIntervalException(text + " is not a valid weekday");
        }
        return day;
    }

    private static int month(String text) throws InvalidIntervalException {
        int index = MONTHS.indexOf(text);
        if (index >= 0) {
            return index + 1;
        }
        try {
            return number(text);
        } catch (InvalidIntervalException e) {
            throw new InvalidIntervalException(text + " is not a valid month");
        }
    }

    private static int number(String text) throws InvalidIntervalException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sign = i == 0 && text.length() > 1 && (c == '-' || c == '+');
            if (!sign && (c < '0' || c > '9')) {
                throw notNumber(text, "invalid syntax");
            }
        }
        if (text.isEmpty()) {
            throw notNumber(text, "invalid syntax");
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw notNumber(text, "value out of range");
        }
    }

    private static InvalidIntervalException notNumber(String text, String reason) {
        return new InvalidIntervalException("strconv.Atoi: parsing " + GoQuote.quote(text) + ": " + reason);
    }

    private void check(InclusiveRange range) throws InvalidIntervalException {
        boolean falling = range.begin() > range.end();
        switch (this) {
            case WEEKDAY -> {
                if (falling) {
                    throw new InvalidIntervalException("start day cannot be before end day");
                }
            }
            case DAY_OF_MONTH -> checkDays(range);
            case MONTH -> {
                if (falling) {
                    throw new InvalidIntervalException("end month " + monthName(range.end()) + " is before start month "
                            + monthName(range.begin()));
                }
            }
            case YEAR -> {
                if (falling) {
                    throw new InvalidIntervalException(
                            "end year " + range.end() + " is before start year " + range.begin());
                }
            }
        }
    }

    private static void checkDays(InclusiveRange range) throws InvalidIntervalException {
        checkDay(range.begin());
        checkDay(range.end());
        if (range.begin() < 0 && range.end() > 0) {
            throw new InvalidIntervalException("end day must be negative if start day is negative");
        }
        int begin = range.begin() < 0 ? SHORTEST_MONTH + range.begin() : range.begin();
        int end = range.end() < 0 ? SHORTEST_MONTH + range.end() : range.end();
        if (begin > end) {
            throw new InvalidIntervalException(
                    "end day " + range.end() + " is always before start day " + range.begin());
        }
    }

    private static void checkDay(int day) throws InvalidIntervalException {
        if (day == 0 || day < -31 || day > 31) {
            throw new InvalidIntervalException(day + " is not a valid day of the month: out of range");
        }
    }

    private static String monthName(int month) {
        return month >= 1 && month <= MONTHS.size() ? MONTHS.get(month - 1) : Integer.toString(month);
    }

    /** The canonical text of {@code range}: weekdays by name, everything else as numbers, one value without colon. */
    public String print(InclusiveRange range) {
        String begin = this == WEEKDAY ? WEEKDAYS.get(range.begin()) : Integer.toString(range.begin());
        if (range.begin() == range.end()) {
            return begin;
        }
        return begin + ':' + (this == WEEKDAY ? WEEKDAYS.get(range.end()) : Integer.toString(range.end()));
    }
}
