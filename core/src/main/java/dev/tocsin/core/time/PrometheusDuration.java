package dev.tocsin.core.time;

import dev.tocsin.core.label.GoQuote;
import java.time.Duration;

/**
 * Durations as the configuration writes them: {@code 1h30m}, {@code 5d}; whole numbers with falling units, no sign
 * (contract section 2.3).
 */
public final class PrometheusDuration {
    /** From the greatest to the smallest; the order is also the one in which a text must use them. */
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};

    private static final long[] MILLIS = {
        365 * 86_400_000L, 7 * 86_400_000L, 86_400_000L, 3_600_000L, 60_000L, 1000L, 1L
    };
    private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

    private PrometheusDuration() {}

    /**
     * The duration that {@code text} names, at most about 292 years.
     *
     * @throws InvalidTimeException if it names none
     */
    public static Duration parse(String text) throws InvalidTimeException {
        if (text.isEmpty()) {
            throw new InvalidTimeException("empty duration string");
        }
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        long total = 0;
        int nextUnit = 0;
        int at = 0;
        while (at < text.length()) {
            int unitStart = end(text, at, true);
            int unitEnd = end(text, unitStart, false);
            if (unitStart == at || unitEnd == unitStart) {
                throw notValid(text);
            }
            long number = number(text, at, unitStart);
            String unitText = text.substring(unitStart, unitEnd);
            int unit = unit(unitText);
            if (unit < 0) {
                throw new InvalidTimeException(
                        "unknown unit " + GoQuote.quote(unitText) + " in duration " + GoQuote.quote(text));
            }
            if (unit < nextUnit) {
                throw notValid(text);
            }
            nextUnit = unit + 1;
            if (number > (MAX_MILLIS - total) / MILLIS[unit]) {
                throw new InvalidTimeException("duration out of range");
            }
            total += number * MILLIS[unit];
            at = unitEnd;
        }
        return Duration.ofMillis(total);
    }

    private static int end(String text, int from, boolean digits) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at)) == digits) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static long number(String text, int from, int to) throws InvalidTimeException {
        try {
            return Long.parseLong(text, from, to, 10);
        } catch (NumberFormatException e) {
            throw notValid(text);
        }
    }

    private static int unit(String text) {
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(text)) {
                return i;
            }
        }
        return -1;
    }

    private static InvalidTimeException notValid(String text) {
        return new InvalidTimeException("not a valid duration string: " + GoQuote.quote(text));
    }

    /** The canonical text; parts below a millisecond are left out, years and weeks only stand for exact multiples. */
    public static String print(Duration duration) {
        long rest = duration.toMillis();
        if (rest == 0) {
            return "0s";
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < UNITS.length; i++) {
            boolean onlyExact = i < 2;
            if (rest < MILLIS[i] || (onlyExact && rest % MILLIS[i] != 0)) {
                continue;
            }
            out.append(rest / MILLIS[i]).append(UNITS[i]);
            rest %= MILLIS[i];
        }
        return out.toString();
    }
}
