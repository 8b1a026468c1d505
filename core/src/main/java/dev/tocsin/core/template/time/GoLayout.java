package dev.tocsin.core.template.time;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** Writes instants by example: {@code 2006-01-02 15:04:05}. Stateless. */
public final class GoLayout {
    /** How instants print where no layout is given. */
    public static final String DEFAULT = "2006-01-02 15:04:05.999999999 -0700 MST";

    private GoLayout() {}

    /** {@code time} as {@code layout} shows it. */
    public static String format(ZonedDateTime time, String layout) {
        StringBuilder out = new StringBuilder(layout.length() + 16);
        for (LayoutPart part : LayoutParts.of(layout)) {
            append(out, time, part);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, ZonedDateTime time, LayoutPart part) {
        switch (part.token()) {
            case LITERAL -> out.append(part.text());
            case LONG_MONTH -> out.append(time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case MONTH -> out.append(time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
            case NUMBER_MONTH -> out.append(time.getMonthValue());
            case ZERO_MONTH -> padded(out, time.getMonthValue(), 2, '0');
            case LONG_WEEKDAY -> out.append(time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case WEEKDAY -> out.append(time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
            case DAY -> out.append(time.getDayOfMonth());
            case SPACE_DAY -> padded(out, time.getDayOfMonth(), 2, ' ');
            case ZERO_DAY -> padded(out, time.getDayOfMonth(), 2, '0');
            case SPACE_YEAR_DAY -> padded(out, time.getDayOfYear(), 3, ' ');
            case ZERO_YEAR_DAY -> padded(out, time.getDayOfYear(), 3, '0');
            case HOUR -> padded(out, time.getHour(), 2, '0');
            case HOUR_12 -> out.append(hour12(time));
            case ZERO_HOUR_12 -> padded(out, hour12(time), 2, '0');
            case MINUTE -> out.append(time.getMinute());
            case ZERO_MINUTE -> padded(out, time.getMinute(), 2, '0');
            case SECOND -> out.append(time.getSecond());
            case ZERO_SECOND -> padded(out, time.getSecond(), 2, '0');
            case LONG_YEAR -> year(out, time.getYear());
            case YEAR -> padded(out, Math.floorMod(time.getYear(), 100), 2, '0');
            case UPPER_HALF -> out.append(time.getHour() < 12 ? "AM" : "PM");
            case LOWER_HALF -> out.append(time.getHour() < 12 ? "am" : "pm");
            case ZONE_NAME -> out.append(ZoneNames.abbreviation(time));
            case ZULU_OFFSET ->
                out.append(time.getOffset().getTotalSeconds() == 0 ? "Z" : offset(time.getOffset(), part.text()));
            case OFFSET -> out.append(offset(time.getOffset(), part.text()));
            case FRACTION, SHORT_FRACTION -> fraction(out, time.getNano(), part);
        }
    }

    private static int hour12(ZonedDateTime time) {
        int hour = time.getHour() % 12;
        return hour == 0 ? 12 : hour;
    }

    private static void year(StringBuilder out, int year) {
        out.append(year < 0 ? "-" : "");
        padded(out, Math.abs(year), 4, '0');
    }

    private static void padded(StringBuilder out, int value, int width, char with) {
        String digits = Integer.toString(value);
        for (int i = digits.length(); i < width; i++) {
            out.append(with);
        }
        out.append(digits);
    }

    /** {@code offset} in the form of {@code layout}, the first character of which does not matter. */
    static String offset(ZoneOffset offset, String layout) {
        int seconds = Math.abs(offset.getTotalSeconds());
        boolean colon = layout.indexOf(':') >= 0;
        int digits = layout.length() - 1 - (colon ? (layout.length() > 6 ? 2 : 1) : 0);
        StringBuilder out = new StringBuilder().append(offset.getTotalSeconds() < 0 ? '-' : '+');
        padded(out, seconds / 3600, 2, '0');
        if (digits > 2) {
            out.append(colon ? ":" : "");
            padded(out, seconds / 60 % 60, 2, '0');
        }
        if (digits > 4) {
            out.append(colon ? ":" : "");
            padded(out, seconds % 60, 2, '0');
        }
        return out.toString();
    }

    /** Decimals are cut off, not rounded. */
    private static void fraction(StringBuilder out, int nanos, LayoutPart part) {
        StringBuilder digits = new StringBuilder();
        padded(digits, nanos, 9, '0');
        int places = part.text().length() - 1;
        while (digits.length() < places) {
            digits.append('0');
        }
        digits.setLength(places);
        if (part.token() == LayoutToken.SHORT_FRACTION) {
            int end = digits.length();
            while (end > 0 && digits.charAt(end - 1) == '0') {
                end--;
            }
            digits.setLength(end);
        }
        if (!digits.isEmpty()) {
            out.append(part.text().charAt(0)).append(digits);
        }
    }
}
