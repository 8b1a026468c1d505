package dev.tocsin.core.template.time;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.template.value.FunctionException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** Reads instants by example. For one text, on one thread. */
public final class GoTimeParser {
    private final String layout;
    private final String text;
    private int at;
    private int year;
    private int month = 1;
    private int day = 1;
    private int yearDay;
    private int hour;
    private int minute;
    private int second;
    private int nanos;
    private boolean afternoon;
    private boolean half;
    private ZoneId zone = ZoneOffset.UTC;

    private GoTimeParser(String layout, String text) {
        this.layout = layout;
        this.text = text;
    }

    /**
     * The instant that {@code text} writes as {@code layout} does, in UTC unless it names an offset.
     *
     * @throws FunctionException if it writes none
     */
    public static ZonedDateTime parse(String layout, String text) throws FunctionException {
        return new GoTimeParser(layout, text).parse();
    }

    private ZonedDateTime parse() throws FunctionException {
        for (LayoutPart part : LayoutParts.of(layout)) {
            int start = at;
            try {
                take(part);
            } catch (DateTimeException | IndexOutOfBoundsException | IllegalArgumentException e) {
                throw new FunctionException(described() + ": cannot parse " + GoQuote.quote(text.substring(start))
                        + " as " + GoQuote.quote(part.text()));
            }
        }
        if (at < text.length()) {
            throw new FunctionException(described() + ": extra text: " + GoQuote.quote(text.substring(at)));
        }
        if (half && hour <= 12) {
            hour = hour % 12 + (afternoon ? 12 : 0);
        }
        try {
            LocalDateTime date = LocalDateTime.of(year, month, day, hour, minute, second, nanos);
            return (yearDay > 0 ? date.withDayOfYear(yearDay) : date).atZone(zone);
        } catch (DateTimeException e) {
            throw new FunctionException("parsing time " + GoQuote.quote(text) + ": "
                    + (day < 1 || day > 28 ? "day" : hour > 23 ? "hour" : minute > 59 ? "minute" : "second")
                    + " out of range");
        }
    }

    private String described() {
        return "parsing time " + GoQuote.quote(text) + " as " + GoQuote.quote(layout);
    }

    private void take(LayoutPart part) {
        switch (part.token()) {
            case LITERAL -> literal(part.text());
            case LONG_MONTH -> month = month(TextStyle.FULL);
            case MONTH -> month = month(TextStyle.SHORT);
            case NUMBER_MONTH -> month = number(1, 2);
            case ZERO_MONTH -> month = number(2, 2);
            case LONG_WEEKDAY -> weekday(TextStyle.FULL);
            case WEEKDAY -> weekday(TextStyle.SHORT);
            case DAY, SPACE_DAY -> {
                skipSpace(part);
                day = number(1, 2);
            }
            case ZERO_DAY -> day = number(2, 2);
            case SPACE_YEAR_DAY, ZERO_YEAR_DAY -> {
                skipSpace(part);
                yearDay = number(part.token() == LayoutToken.ZERO_YEAR_DAY ? 3 : 1, 3);
            }
            case HOUR -> hour = number(1, 2);
            case HOUR_12 -> hour = number(1, 2);
            case ZERO_HOUR_12 -> hour = number(2, 2);
            case MINUTE -> minute = number(1, 2);
            case ZERO_MINUTE -> minute = number(2, 2);
            case SECOND -> second = number(1, 2);
            case ZERO_SECOND -> {
                second = number(2, 2);
                undeclaredFraction();
            }
            case LONG_YEAR -> year = number(4, 4);
            case YEAR -> {
                int short2 = number(2, 2);
                year = short2 >= 69 ? 1900 + short2 : 2000 + short2;
            }
            case UPPER_HALF, LOWER_HALF -> half(part.token() == LayoutToken.UPPER_HALF);
            case ZONE_NAME -> zoneName();
            case ZULU_OFFSET, OFFSET -> offset(part);
            case FRACTION, SHORT_FRACTION -> fraction(part);
        }
    }

    private void skipSpace(LayoutPart part) {
        while (part.text().startsWith("_") && at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private void literal(String literal) {
        if (!text.startsWith(literal, at)) {
            throw new IllegalArgumentException(literal);
        }
        at += literal.length();
    }

    private int number(int least, int most) {
        int start = at;
        int value = 0;
        while (at < text.length() && at - start < most && isDigit(at)) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        if (at - start < least) {
            throw new IllegalArgumentException("too few digits");
        }
        return value;
    }

    private boolean isDigit(int index) {
        return text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private int month(TextStyle style) {
        for (Month candidate : Month.values()) {
            if (name(candidate.getDisplayName(style, Locale.ENGLISH))) {
                return candidate.getValue();
            }
        }
        throw new IllegalArgumentException("month");
    }

    private void weekday(TextStyle style) {
        for (DayOfWeek candidate : DayOfWeek.values()) {
            if (name(candidate.getDisplayName(style, Locale.ENGLISH))) {
                return;
            }
        }
        throw new IllegalArgumentException("weekday");
    }

    private boolean name(String name) {
        boolean matches = text.regionMatches(true, at, name, 0, name.length());
        at += matches ? name.length() : 0;
        return matches;
    }

    private void half(boolean upper) {
        String word = text.substring(at, at + 2);
        afternoon = word.equals(upper ? "PM" : "pm");
        if (!afternoon && !word.equals(upper ? "AM" : "am")) {
            throw new IllegalArgumentException(word);
        }
        half = true;
        at += 2;
    }

    /** Abbreviations are not unique: all but UTC mean an unknown zone without an offset. */
    private void zoneName() {
        int start = at;
        while (at < text.length() && Character.isUpperCase(text.charAt(at))) {
            at++;
        }
        if (at - start < 3 || at - start > 5) {
            throw new IllegalArgumentException("zone");
        }
    }

    private void offset(LayoutPart part) {
        if (part.token() == LayoutToken.ZULU_OFFSET && text.startsWith("Z", at)) {
            at++;
            return;
        }
        String written = text.substring(at, at + part.text().length());
        at += written.length();
        char sign = written.charAt(0);
        String digits = written.substring(1).replace(":", "");
        if ((sign != '+' && sign != '-')
                || digits.length() != part.text().substring(1).replace(":", "").length()) {
            throw new IllegalArgumentException(written);
        }
        int seconds = 0;
        for (int i = 0; i < 6; i += 2) {
            seconds = seconds * 60 + (i < digits.length() ? Integer.parseInt(digits.substring(i, i + 2)) : 0);
        }
        zone = ZoneOffset.ofTotalSeconds(sign == '-' ? -seconds : seconds);
    }

    private void fraction(LayoutPart part) {
        if (part.token() == LayoutToken.SHORT_FRACTION) {
            undeclaredFraction();
            return;
        }
        literal(part.text().substring(0, 1));
        decimals(part.text().length() - 1, part.text().length() - 1);
    }

    /** Decimals may follow seconds although the layout has none. */
    private void undeclaredFraction() {
        if (at + 1 < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',') && isDigit(at + 1)) {
            at++;
            decimals(1, Integer.MAX_VALUE);
        }
    }

    private void decimals(int least, int most) {
        int start = at;
        nanos = 0;
        int scale = 100_000_000;
        while (at < text.length() && at - start < most && isDigit(at)) {
            nanos += (text.charAt(at++) - '0') * scale;
            scale /= 10;
        }
        if (at - start < least) {
            throw new IllegalArgumentException("too few decimals");
        }
    }
}
