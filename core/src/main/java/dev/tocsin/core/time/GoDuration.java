package dev.tocsin.core.time;

import dev.tocsin.core.label.GoQuote;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * Durations as Go writes them: {@code 1h30m}, {@code 1.5h}, {@code -500ms}; parts in any order, fractions and signs
 * allowed. The command line takes days and weeks as well (contract section 1.1).
 */
public final class GoDuration {
    private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final long HOUR = 3_600_000_000_000L;
    private static final long MINUTE = 60_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    /** Enough for any number of nanoseconds, and for the 1e-18th of an hour. */
    private static final int WHOLE_DIGITS = 19;

    private static final int FRACTION_DIGITS = 18;
    private static final BigDecimal TOO_LARGE = BigDecimal.TEN.pow(WHOLE_DIGITS);

    private GoDuration() {}

    /**
     * The duration that {@code text} names in Go's own units.
     *
     * @throws InvalidTimeException if it names none, or one of more than about 292 years
     */
    public static Duration parse(String text) throws InvalidTimeException {
        return parse(text, false);
    }

    /**
     * As {@link #parse}, with {@code d} for 24 hours and {@code w} for 7 days.
     *
     * @throws InvalidTimeException as {@link #parse}
     */
    public static Duration parseFlag(String text) throws InvalidTimeException {
        return parse(text, true);
    }

    private static Duration parse(String text, boolean daysAndWeeks) throws InvalidTimeException {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        int at = signed ? 1 : 0;
        if (text.substring(at).equals("0")) {
            return Duration.ZERO;
        }
        if (at == text.length()) {
            throw invalid(text);
        }
        BigDecimal total = BigDecimal.ZERO;
        while (at < text.length()) {
            int unitStart = endOfNumber(text, at);
            String number = text.substring(at, unitStart);
            if (number.isEmpty() || number.equals(".") || number.indexOf('.') != number.lastIndexOf('.')) {
                throw invalid(text);
            }
            BigDecimal amount = bounded(number);
            if (amount.compareTo(MAX_NANOS) > 0) {
                throw invalid(text);
            }
            int unitEnd = unitStart;
            while (unitEnd < text.length() && !isNumeric(text.charAt(unitEnd))) {
                unitEnd++;
            }
            if (unitEnd == unitStart) {
                throw new InvalidTimeException("time: missing unit in duration " + GoQuote.quote(text));
            }
            String unit = text.substring(unitStart, unitEnd);
            long nanos = nanos(unit, daysAndWeeks);
            if (nanos == 0) {
                throw new InvalidTimeException(
                        "time: unknown unit " + GoQuote.quote(unit) + " in duration " + GoQuote.quote(text));
            }
            total = total.add(amount.multiply(BigDecimal.valueOf(nanos)));
            if (total.compareTo(MAX_NANOS) > 0) {
                throw invalid(text);
            }
            at = unitEnd;
        }
        long nanos = total.longValue();
        return Duration.ofNanos(text.startsWith("-") ? -nanos : nanos);
    }

    /** Digits that change no nanosecond are left out, as in Go: a number of a million digits takes minutes to read. */
    private static BigDecimal bounded(String number) {
        int point = number.indexOf('.');
        int end = point < 0 ? number.length() : point;
        int start = 0;
        while (start < end && number.charAt(start) == '0') {
            start++;
        }
        if (end - start > WHOLE_DIGITS) {
            return TOO_LARGE;
        }
        String used = number.substring(start, Math.min(number.length(), end + 1 + FRACTION_DIGITS));
        return used.isEmpty() || used.equals(".") ? BigDecimal.ZERO : new BigDecimal(used);
    }

    private static int endOfNumber(String text, int from) {
        int at = from;
        while (at < text.length() && isNumeric(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isNumeric(char c) {
        return c == '.' || (c >= '0' && c <= '9');
    }

    /** Both the micro sign and the Greek letter mean micro. */
    private static long nanos(String unit, boolean daysAndWeeks) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "\u00b5s", "\u03bcs" -> 1000;
            case "ms" -> 1_000_000;
            case "s" -> SECOND;
            case "m" -> MINUTE;
            case "h" -> HOUR;
            case "d" -> daysAndWeeks ? 24 * HOUR : 0;
            case "w" -> daysAndWeeks ? 7 * 24 * HOUR : 0;
            default -> 0;
        };
    }

    private static InvalidTimeException invalid(String text) {
        return new InvalidTimeException("time: invalid duration " + GoQuote.quote(text));
    }

    /** The text that Go prints: {@code 1h0m0s}, {@code 1.5s}, {@code 500ms}, {@code 0s}. */
    public static String print(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        StringBuilder out = new StringBuilder();
        if (nanos < 0) {
            out.append('-');
            nanos = -nanos;
        }
        if (nanos < 1000) {
            return out.append(nanos).append("ns").toString();
        }
        if (nanos < 1_000_000) {
            return decimal(out, nanos, 1000).append("\u00b5s").toString();
        }
        if (nanos < SECOND) {
            return decimal(out, nanos, 1_000_000).append("ms").toString();
        }
        if (nanos >= HOUR) {
            out.append(nanos / HOUR).append('h');
        }
        if (nanos >= MINUTE) {
            out.append(nanos % HOUR / MINUTE).append('m');
        }
        return decimal(out, nanos % MINUTE, SECOND).append('s').toString();
    }

    private static StringBuilder decimal(StringBuilder out, long nanos, long unit) {
        return out.append(BigDecimal.valueOf(nanos)
                .divide(BigDecimal.valueOf(unit))
                .stripTrailingZeros()
                .toPlainString());
    }
}
