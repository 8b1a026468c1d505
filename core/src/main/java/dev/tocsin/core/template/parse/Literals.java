package dev.tocsin.core.template.parse;

import dev.tocsin.core.template.value.Bytes;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the literals of Go. Texts are bytes in Go and characters here: a byte that is not part of UTF-8 is a lone
 * surrogate, see {@link Bytes}.
 */
final class Literals {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(0|[1-9](_?[0-9])*)");
    private static final Pattern PREFIXED =
            Pattern.compile("([+-]?)0(?:[xX](?<x>(_?[0-9a-fA-F])+)|[bB](?<b>(_?[01])+)|[oO]?(?<o>(_?[0-7])+))");
    private static final Pattern REAL = Pattern.compile(
            "[+-]?([0-9](_?[0-9])*\\.?([0-9](_?[0-9])*)?|\\.[0-9](_?[0-9])*)([eE][+-]?[0-9](_?[0-9])*)?");
    private static final Pattern HEX_REAL = Pattern.compile(
            "[+-]?0[xX](_?[0-9a-fA-F]+(_[0-9a-fA-F]+)*\\.?[0-9a-fA-F_]*|\\.[0-9a-fA-F]+)[pP][+-]?[0-9](_?[0-9])*");
    private static final BigInteger MAX_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final double LONG_LIMIT = 0x1p63;

    /** In characters: the expressions above recurse once for each digit. */
    private static final int LONGEST = 1000;

    private Literals() {}

    /**
     * The number that {@code text} writes.
     *
     * @return null if it writes none, or one that is too large for its kind
     */
    static @Nullable Literal number(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        if (text.endsWith("i")) {
            Double part = real(text.substring(0, text.length() - 1));
            return part == null ? null : new Literal(Literal.Type.IMAGINARY, false, 0, part);
        }
        BigInteger integer = integer(text);
        if (integer != null) {
            if (integer.bitLength() <= 63) {
                return new Literal(Literal.Type.INTEGER, true, integer.longValue(), integer.doubleValue());
            }
            return integer.signum() > 0 && integer.compareTo(MAX_UNSIGNED) <= 0
                    ? new Literal(Literal.Type.UNSIGNED, false, 0, integer.doubleValue())
                    : null;
        }
        Double real = real(text);
        if (real == null) {
            return null;
        }
        boolean integral = real == Math.rint(real) && real >= -LONG_LIMIT && real < LONG_LIMIT;
        return new Literal(Literal.Type.REAL, integral, integral ? real.longValue() : 0, real);
    }

    private static @Nullable BigInteger integer(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return new BigInteger(plain(text));
        }
        var prefixed = PREFIXED.matcher(text);
        if (!prefixed.matches()) {
            return null;
        }
        String sign = prefixed.group(1);
        String hexadecimal = prefixed.group("x");
        String binary = prefixed.group("b");
        if (hexadecimal != null) {
            return new BigInteger(plain(sign + hexadecimal), 16);
        }
        return binary != null
                ? new BigInteger(plain(sign + binary), 2)
                : new BigInteger(plain(sign + prefixed.group("o")), 8);
    }

    private static @Nullable Double real(String text) {
        if (!REAL.matcher(text).matches() && !HEX_REAL.matcher(text).matches()) {
            return null;
        }
        double value = Double.parseDouble(plain(text));
        return Double.isInfinite(value) ? null : value;
    }

    private static String plain(String text) {
        return text.replace("_", "");
    }

    /**
     * The code point of a character literal.
     *
     * @param literal with its quotes
     * @return -1 if it is malformed
     */
    static int character(String literal) {
        String inner = literal.substring(1, literal.length() - 1);
        if (!inner.startsWith("\\")) {
            return inner.codePointCount(0, inner.length()) == 1 && !inner.equals("'") ? inner.codePointAt(0) : -1;
        }
        Unescape unescape = new Unescape(inner, '\'');
        int value = unescape.next();
        return unescape.atEnd() ? value : -1;
    }

    /**
     * The text of a string literal.
     *
     * @param literal with its quotes or backquotes
     * @return null if it is malformed
     */
    static @Nullable String text(String literal) {
        String inner = literal.substring(1, literal.length() - 1);
        if (literal.startsWith("`")) {
            return inner.replace("\r", "");
        }
        if (inner.indexOf('\\') < 0) {
            return inner;
        }
        StringBuilder out = new StringBuilder(inner.length());
        Unescape unescape = new Unescape(inner, '"');
        boolean bytes = false;
        while (!unescape.atEnd()) {
            int c = unescape.next();
            if (c < 0) {
                return null;
            }
            if (unescape.wasByte() && c >= 0x80) {
                bytes = true;
                out.append((char) (Bytes.FIRST + c));
            } else {
                out.appendCodePoint(c);
            }
        }
        return bytes ? Bytes.rejoin(out.toString()) : out.toString();
    }
}
