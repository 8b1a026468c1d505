package dev.tocsin.api.metrics;

import java.math.BigDecimal;

/** Prints numbers as Go's {@code %g} does with the fewest digits that read back the same. */
final class GoFloat {
    private static final int SMALLEST_PLAIN_EXPONENT = -4;
    private static final int LARGEST_PLAIN_EXPONENT = 5;
    private static final double LARGEST_PLAIN = 1e6;

    private GoFloat() {}

    static void append(StringBuilder out, double value) {
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN) {
            if (value == 0 && 1 / value < 0) {
                out.append('-');
            }
            out.append((long) value);
        } else if (Double.isNaN(value)) {
            out.append("NaN");
        } else if (Double.isInfinite(value)) {
            out.append(value > 0 ? "+Inf" : "-Inf");
        } else {
            appendDigits(out, value);
        }
    }

    private static void appendDigits(StringBuilder out, double value) {
        BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        if (value < 0) {
            out.append('-');
        }
        if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent <= LARGEST_PLAIN_EXPONENT) {
            out.append(shortest.toPlainString());
            return;
        }
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        if (size < 10) {
            out.append('0');
        }
        out.append(size);
    }
}
