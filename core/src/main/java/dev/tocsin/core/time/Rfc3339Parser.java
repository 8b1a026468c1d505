package dev.tocsin.core.time;

import dev.tocsin.core.label.GoQuote;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads one instant. For one text, on one thread. */
final class Rfc3339Parser {
    private static final OffsetDateTime EPOCH = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final String text;
    private int at;

    Rfc3339Parser(String text) {
        this.text = text;
    }

    OffsetDateTime parse() throws InvalidTimeException {
        if (text.isEmpty()) {
            return EPOCH;
        }
        int year = date(4, "2006");
        literal('-', "-01-02");
        int month = date(2, "01");
        literal('-', "-02");
        int day = date(2, "02");
        try {
            return at == text.length()
                    ? OffsetDateTime.of(year, month, day, 0, 0, 0, 0, ZoneOffset.UTC)
                    : withTime(year, month, day);
        } catch (DateTimeException e) {
            String field = month < 1 || month > 12 ? "month" : "day";
            throw new InvalidTimeException("parsing time " + GoQuote.quote(text) + ": " + field + " out of range");
        }
    }

    private OffsetDateTime withTime(int year, int month, int day) throws InvalidTimeException {
        int timeStart = at;
        boolean spaced = text.charAt(at) == ' ';
        if (!spaced && text.charAt(at) != 'T') {
            throw extra(timeStart);
        }
        at++;
        int hour = time(23, timeStart);
        if (!accept(':')) {
            throw extra(timeStart);
        }
        int minute = time(59, timeStart);
        boolean seconds = accept(':');
        int second = seconds ? time(59, timeStart) : 0;
        int fractionStart = at;
        int nano = seconds && !spaced ? fraction(timeStart) : 0;
        ZoneOffset offset = ZoneOffset.UTC;
        if (at < text.length()) {
            // With a space there is no zone; without seconds there is only Z.
            if (spaced) {
                throw extra(timeStart);
            }
            offset = accept('Z') ? ZoneOffset.UTC : offset(seconds, at - fractionStart, timeStart);
        } else if (spaced && !seconds) {
            throw extra(timeStart);
        }
        if (at < text.length()) {
            throw extra(timeStart);
        }
        return OffsetDateTime.of(year, month, day, hour, minute, second, nano, offset);
    }

    private int fraction(int timeStart) throws InvalidTimeException {
        if (!accept('.') && !accept(',')) {
            return 0;
        }
        int start = at;
        int nano = 0;
        int scale = 100_000_000;
        while (at < text.length() && isDigit(text.charAt(at))) {
            nano += (text.charAt(at++) - '0') * scale;
            scale /= 10;
        }
        if (at == start) {
            throw extra(timeStart);
        }
        return nano;
    }

    /** An offset without a colon only goes with exactly three or six decimals: those are forms of their own. */
    private ZoneOffset offset(boolean seconds, int fractionLength, int timeStart) throws InvalidTimeException {
        boolean negative = text.charAt(at) == '-';
        if (!seconds || !(accept('+') || accept('-'))) {
            throw extra(timeStart);
        }
        int hours = time(18, timeStart);
        if (!accept(':') && fractionLength != 4 && fractionLength != 7) {
            throw extra(timeStart);
        }
        int minutes = time(59, timeStart);
        int total = hours * 3600 + minutes * 60;
        if (total > 18 * 3600) {
            throw extra(timeStart);
        }
        return ZoneOffset.ofTotalSeconds(negative ? -total : total);
    }

    /** Two digits of a time or an offset. */
    private int time(int max, int timeStart) throws InvalidTimeException {
        int value = digits(2);
        if (value < 0 || value > max) {
            throw extra(timeStart);
        }
        return value;
    }

    private int date(int digits, String expected) throws InvalidTimeException {
        int start = at;
        int value = digits(digits);
        if (value < 0) {
            throw cannotParse(start, expected);
        }
        return value;
    }

    /** The number in the next {@code count} characters, or -1 if they are no digits. */
    private int digits(int count) {
        if (at + count > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(at + i);
            if (!isDigit(c)) {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        at += count;
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean accept(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void literal(char wanted, String expected) throws InvalidTimeException {
        if (!accept(wanted)) {
            throw cannotParse(at, expected);
        }
    }

    /** Errors speak of the shortest form, which is the last that Go's parser tries. */
    private InvalidTimeException cannotParse(int from, String expected) {
        return new InvalidTimeException("parsing time " + GoQuote.quote(text) + " as \"2006-01-02\": cannot parse "
                + GoQuote.quote(text.substring(from)) + " as \"" + expected + '"');
    }

    private InvalidTimeException extra(int from) {
        return new InvalidTimeException(
                "parsing time " + GoQuote.quote(text) + ": extra text: " + GoQuote.quote(text.substring(from)));
    }
}
