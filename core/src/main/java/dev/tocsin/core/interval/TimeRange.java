package dev.tocsin.core.interval;

/**
 * A part of the day by the clock on the wall.
 *
 * @param startMinute minutes since midnight, 0 to 1439; the first minute inside
 * @param endMinute minutes since midnight, 1 to 1440; the first minute after
 */
public record TimeRange(int startMinute, int endMinute) {
    /**
     * The range between two times written {@code HH:MM}; {@code 24:00} is the end of the day.
     *
     * @param start empty if it is missing, which is an error
     * @param end as {@code start}
     * @throws InvalidIntervalException if a time is missing or malformed, or the range is empty
     */
    public static TimeRange parse(String start, String end) throws InvalidIntervalException {
        if (start.isEmpty() || end.isEmpty()) {
            throw new InvalidIntervalException("both start and end times must be provided");
        }
        TimeRange range = new TimeRange(minuteOfDay(start), minuteOfDay(end));
        if (range.startMinute >= range.endMinute) {
            throw new InvalidIntervalException("start time cannot be equal or greater than end time");
        }
        return range;
    }

    private static int minuteOfDay(String text) throws InvalidIntervalException {
        int minutes = -1;
        if (text.length() == 5 && text.charAt(2) == ':') {
            int hour = twoDigits(text, 0);
            int minute = twoDigits(text, 3);
            boolean valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
            minutes = valid || text.equals("24:00") ? hour * 60 + minute : -1;
        }
        if (minutes < 0) {
            throw new InvalidIntervalException("couldn't parse timestamp " + text + ", invalid format");
        }
        return minutes;
    }

    private static int twoDigits(String text, int at) {
        int tens = text.charAt(at) - '0';
        int ones = text.charAt(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    /** Whether a minute of the day, 0 to 1439, lies in the range. */
    public boolean contains(int minuteOfDay) {
        return minuteOfDay >= startMinute && minuteOfDay < endMinute;
    }

    /** The start as {@code HH:MM}. */
    public String startText() {
        return text(startMinute);
    }

    /** The end as {@code HH:MM}; {@code 24:00} at the end of the day. */
    public String endText() {
        return text(endMinute);
    }

    private static String text(int minutes) {
        int hour = minutes / 60;
        int minute = minutes % 60;
        return (hour < 10 ? "0" : "") + hour + (minute < 10 ? ":0" : ":") + minute;
    }
}
