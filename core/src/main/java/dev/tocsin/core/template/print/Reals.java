package dev.tocsin.core.template.print;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating point numbers as Go writes them. Stateless. */
public final class Reals {
    /** As many digits as it takes to tell the number from its neighbours. */
    static final int SHORTEST = -1;

    /** More than any number has behind the point that are not zero. */
    private static final int MOST_DIGITS = 1100;

    private Reals() {}

    /** As {@code %v} prints it. */
    public static String general(double value) {
        return format(value, 'g', SHORTEST);
    }

    /**
     * As one of Go's verbs prints it; negative numbers have a sign, positive ones none.
     *
     * @param verb one of {@code e E f F g G}
     * @param precision digits after the point, for {@code g} all digits; or {@link #SHORTEST}
     */
    static String format(double value, char verb, int precision) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        String sign = value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
        if (Double.isInfinite(value)) {
            return sign + "Inf";
        }
        double size = Math.abs(value);
        return sign
                + switch (verb) {
                    case 'f', 'F' -> fixed(size, precision);
                    case 'e', 'E' -> exponent(size, precision, verb);
                    default -> general(size, precision, verb == 'G' ? 'E' : 'e');
                };
    }

    private static String fixed(double size, int precision) {
        if (precision == SHORTEST) {
            return shortest(size).toPlainString();
        }
        int places = Math.min(precision, MOST_DIGITS);
        String digits =
                new BigDecimal(size).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
        return digits + "0".repeat(precision - places);
    }

    /** One digit, the rest behind the point. */
    private static String exponent(double size, int precision, char e) {
        BigDecimal number = precision == SHORTEST ? shortest(size) : rounded(size, precision + 1);
        return scientific(number, precision == SHORTEST ? number.precision() - 1 : precision, e);
    }

    private static String scientific(BigDecimal number, int places, char e) {
        String digits = number.unscaledValue().toString();
        int exponent = number.signum() == 0 ? 0 : digits.length() - 1 - number.scale();
        StringBuilder out = new StringBuilder(digits.length() + 6).append(digits.charAt(0));
        if (places > 0) {
            out.append('.').append(digits, 1, Math.min(digits.length(), places + 1));
            for (int i = digits.length() - 1; i < places; i++) {
                out.append('0');
            }
        }
        return out.append(e)
                .append(exponent < 0 ? '-' : '+')
                .append(Math.abs(exponent) < 10 ? "0" : "")
                .append(Math.abs(exponent))
                .toString();
    }

    /** The exponent is written below 1e-4 and from the precision on; without one from 1e6 on. */
    private static String general(double size, int precision, char e) {
        boolean briefly = precision == SHORTEST;
        BigDecimal number = (briefly ? shortest(size) : rounded(size, Math.max(1, precision))).stripTrailingZeros();
        int digits = number.precision();
        int exponent = size == 0 ? 0 : digits - 1 - number.scale();
        int bound = briefly ? 6 : Math.max(1, precision);
        if (!briefly && bound > digits && digits >= exponent + 1) {
            bound = digits;
        }
        if (exponent < -4 || exponent >= bound) {
            return scientific(number, digits - 1, e);
        }
        return size == 0 ? "0" : number.toPlainString();
    }

    private static BigDecimal shortest(double size) {
        return size == 0 ? BigDecimal.ZERO : new BigDecimal(Double.toString(size)).stripTrailingZeros();
    }

    private static BigDecimal rounded(double size, int digits) {
        MathContext context = new MathContext(Math.min(digits, MOST_DIGITS), RoundingMode.HALF_EVEN);
        return size == 0 ? BigDecimal.ZERO : new BigDecimal(size).round(context);
    }
}
