package dev.tocsin.core.template.exec;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.template.print.GoFormat;
import dev.tocsin.core.template.value.Budget;
import dev.tocsin.core.template.value.FunctionException;
import dev.tocsin.core.template.value.Nil;
import dev.tocsin.core.template.value.Real;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.TextType;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;
import dev.tocsin.core.template.value.WholeType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Durations for people: {@code 1d 2h 3m 4s}, {@code 500ms}. Stateless. */
final class HumanDuration {
    private static final double NANOS = 1e9;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final List<String> SMALL = List.of("m", "u", "n", "p", "f", "a", "z", "y");
    private static final Pattern NUMBER = Pattern.compile(
            "[+-]?([0-9](_?[0-9])*\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?0[xX][0-9a-fA-F.]+[pP][+-]?[0-9]+");
    private static final int LONGEST = 64;

    private HumanDuration() {}

    static Value of(Value value) throws FunctionException {
        return Text.of(text(seconds(value)));
    }

    private static double seconds(Value value) throws FunctionException {
        return switch (value) {
            case Whole whole when whole.kind() == WholeType.DURATION -> whole.value() / NANOS;
            case Whole whole -> whole.value();
            case Real(double real) -> real;
            case Text(String text, TextType kind) when kind == TextType.STRING -> parsed(text);
            case Nil nil -> throw new FunctionException("can't convert <nil> to float");
            default -> throw new FunctionException("can't convert " + value.type() + " to float");
        };
    }

    private static double parsed(String text) throws FunctionException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                if (text.length() > LONGEST || !NUMBER.matcher(text).matches()) {
                    throw new FunctionException(
                            "strconv.ParseFloat: parsing " + GoQuote.quote(text) + ": invalid syntax");
                }
                yield Double.parseDouble(text.replace("_", ""));
            }
        };
    }

    private static String text(double seconds) {
        if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
            return significant(seconds);
        }
        if (seconds == 0) {
            return "0s";
        }
        double size = Math.abs(seconds);
        if (size < 1) {
            return small(seconds);
        }
        if (size < MINUTE) {
            return significant(seconds) + "s";
        }
        long whole = (long) size;
        String sign = seconds < 0 ? "-" : "";
        long rest = whole % MINUTE;
        long minutes = whole / MINUTE % 60;
        long hours = whole / HOUR % 24;
        long days = whole / DAY;
        if (days != 0) {
            return sign + days + "d " + hours + "h " + minutes + "m " + rest + "s";
        }
        return hours != 0 ? sign + hours + "h " + minutes + "m " + rest + "s" : sign + minutes + "m " + rest + "s";
    }

    private static String small(double seconds) {
        double scaled = seconds;
        String prefix = "";
        for (String next : SMALL) {
            if (Math.abs(scaled) >= 1) {
                break;
            }
            prefix = next;
            scaled *= 1000;
        }
        return significant(scaled) + prefix + "s";
    }

    private static String significant(double value) {
        return GoFormat.printf(new Budget(LONGEST, LONGEST), "%.4g", List.of(new Real(value)));
    }
}
