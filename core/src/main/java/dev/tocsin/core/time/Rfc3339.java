package dev.tocsin.core.time;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Instants as the HTTP API and the payloads write them (contract sections 4.1 and 7.3). Printing neither uses patterns
 * nor makes objects but the result.
 */
public final class Rfc3339 {
    /** Go's zero time, which stands for "no time" in payloads. */
    public static final OffsetDateTime ZERO = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    /** How many characters {@link #writeMillis} and {@link #writeNanos} write at most. */
    public static final int MAX_LENGTH = 48;

    private static final long SECONDS_PER_DAY = 86_400;

    private Rfc3339() {}

    /**
     * The instant that a client wrote, with the offset in which it was written; UTC if none is given. The empty text is
     * the first instant of 1970, and digits beyond nanoseconds are cut off.
     *
     * @throws InvalidTimeException if the text has none of the forms of section 4.1
     */
    public static OffsetDateTime parse(String text) throws InvalidTimeException {
        return new Rfc3339Parser(text).parse();
    }

    /** {@code 2006-01-02T15:04:05.000Z}: three decimals, cut off and not rounded, as the HTTP API answers. */
    public static String millis(Instant time, ZoneOffset offset) {
        char[] out = new char[MAX_LENGTH];
        return new String(out, 0, writeMillis(out, 0, time, offset));
    }

    /** As {@link #millis}, appended to {@code out}. */
    public static void appendMillis(StringBuilder out, Instant time, ZoneOffset offset) {
        char[] text = new char[MAX_LENGTH];
        out.append(text, 0, writeMillis(text, 0, time, offset));
    }

    /** {@code 2006-01-02T15:04:05.123456789Z}: as many decimals as it takes, none at full seconds, as Go prints. */
    public static String nanos(Instant time, ZoneOffset offset) {
        char[] out = new char[MAX_LENGTH];
        return new String(out, 0, writeNanos(out, 0, time, offset));
    }

    /** As {@link #nanos}, appended to {@code out}. */
    public static void appendNanos(StringBuilder out, Instant time, ZoneOffset offset) {
        char[] text = new char[MAX_LENGTH];
        out.append(text, 0, writeNanos(text, 0, time, offset));
    }

    /**
     * Writes as {@link #millis} into {@code out} from index {@code at}, where {@link #MAX_LENGTH} characters must fit.
     *
     * @return the index after the last character
     */
    public static int writeMillis(char[] out, int at, Instant time, ZoneOffset offset) {
        int end = writeSeconds(out, at, time.getEpochSecond() + offset.getTotalSeconds());
        int nano = time.getNano();
        out[end] = '.';
        writeDigits(out, end + 1, nano / 1_000_000, 3);
        return writeOffset(out, end + 4, offset);
    }

    /**
     * Writes as {@link #nanos} into {@code out} from index {@code at}, where {@link #MAX_LENGTH} characters must fit.
     *
     * @return the index after the last character
     */
    public static int writeNanos(char[] out, int at, Instant time, ZoneOffset offset) {
        int end = writeSeconds(out, at, time.getEpochSecond() + offset.getTotalSeconds());
        int nano = time.getNano();
        if (nano != 0) {
            out[end] = '.';
            writeDigits(out, end + 1, nano, 9);
            end += 10;
            while (out[end - 1] == '0') {
                end--;
            }
        }
        return writeOffset(out, end, offset);
    }

    private static int writeSeconds(char[] out, int start, long local) {
        int second = (int) Math.floorMod(local, SECONDS_PER_DAY);
        int at = writeDate(out, start, Math.floorDiv(local, SECONDS_PER_DAY));
        out[at] = 'T';
        writeDigits(out, at + 1, second / 3600, 2);
        out[at + 3] = ':';
        writeDigits(out, at + 4, second / 60 % 60, 2);
        out[at + 6] = ':';
        writeDigits(out, at + 7, second % 60, 2);
        return at + 9;
    }

    /**
     * Gregorian date of a day number. Counting years from March puts the leap day last, so that a month's first day is a
     * linear function of the month.
     */
    private static int writeDate(char[] out, int start, long epochDay) {
        long day = epochDay + 719_468; // days since 0000-03-01
        long era = Math.floorDiv(day, 146_097);
        int dayOfEra = (int) Math.floorMod(day, 146_097L);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
        int at = start;
        if (year < 0) {
            out[at++] = '-';
            year = -year;
        }
        int digits = 4;
        for (long bound = 10_000; year >= bound; bound *= 10) {
            digits++;
        }
        writeDigits(out, at, (int) year, digits);
        at += digits;
        out[at] = '-';
        writeDigits(out, at + 1, month, 2);
        out[at + 3] = '-';
        writeDigits(out, at + 4, dayOfMonth, 2);
        return at + 6;
    }

    private static int writeOffset(char[] out, int at, ZoneOffset offset) {
        int minutes = offset.getTotalSeconds() / 60;
        if (minutes == 0) {
            out[at] = 'Z';
            return at + 1;
        }
        out[at] = minutes < 0 ? '-' : '+';
        writeDigits(out, at + 1, Math.abs(minutes) / 60, 2);
        out[at + 3] = ':';
        writeDigits(out, at + 4, Math.abs(minutes) % 60, 2);
        return at + 6;
    }

    private static void writeDigits(char[] out, int at, int value, int digits) {
        int rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            out[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
