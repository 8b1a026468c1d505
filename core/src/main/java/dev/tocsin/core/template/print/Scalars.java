package dev.tocsin.core.template.print;

import dev.tocsin.core.template.value.Bytes;
import dev.tocsin.core.template.value.Whole;
import java.math.BigInteger;
import java.util.Locale;

/** Prints what has no parts. Each method is false if the verb does not suit. For one formatting, on one thread. */
final class Scalars {
    private static final BigInteger UNSIGNED = BigInteger.TWO.pow(64);
    private static final int DEFAULT_PRECISION = 6;

    private final Output out;
    private final Flags flags;

    Scalars(Output out, Flags flags) {
        this.out = out;
        this.flags = flags;
    }

    boolean bool(boolean value, char verb) {
        if (verb != 't' && verb != 'v') {
            return false;
        }
        flags.pad(out, Boolean.toString(value));
        return true;
    }

    boolean text(String value, char verb) {
        String shown = flags.precision == Flags.NONE ? value : cut(value);
        switch (verb) {
            case 's' -> flags.pad(out, shown);
            case 'v' -> flags.pad(out, flags.sharpV ? Quoting.quote(shown, false) : shown);
            case 'q' ->
                flags.pad(
                        out,
                        flags.sharp && Quoting.canBackquote(shown)
                                ? "`" + shown + "`"
                                : Quoting.quote(shown, flags.plus));
            case 'x', 'X' -> flags.pad(out, hexadecimal(value, verb == 'X'));
            default -> {
                return false;
            }
        }
        return true;
    }

    private String cut(String text) {
        return text.codePointCount(0, text.length()) <= flags.precision
                ? text
                : text.substring(0, text.offsetByCodePoints(0, flags.precision));
    }

    private String hexadecimal(String text, boolean upper) {
        byte[] bytes = Bytes.encode(text);
        int count = flags.precision == Flags.NONE ? bytes.length : Math.min(bytes.length, flags.precision);
        StringBuilder hex = new StringBuilder(count * 3);
        for (int i = 0; i < count; i++) {
            if (flags.space && i > 0) {
                hex.append(' ');
            }
            if (flags.sharp && (flags.space || i == 0)) {
                hex.append("0x");
            }
            hex.append(Character.forDigit((bytes[i] >> 4) & 0xf, 16)).append(Character.forDigit(bytes[i] & 0xf, 16));
        }
        return upper ? hex.toString().toUpperCase(Locale.ROOT) : hex.toString();
    }

    boolean whole(Whole whole, char verb) {
        long value = whole.value();
        switch (verb) {
            case 'v', 'd' -> {
                if (verb == 'v' && flags.sharpV && !whole.signed()) {
                    integer(value, 16, "0x", false);
                } else {
                    integer(value, 10, "", false);
                }
            }
            case 'b' -> integer(value, 2, flags.sharp ? "0b" : "", false);
            case 'o' -> integer(value, 8, flags.sharp ? "0" : "", false);
            case 'O' -> integer(value, 8, "0o", false);
            case 'x' -> integer(value, 16, flags.sharp ? "0x" : "", false);
            case 'X' -> integer(value, 16, flags.sharp ? "0X" : "", true);
            case 'c' -> flags.pad(out, Character.toString(codePoint(value)));
            case 'q' -> flags.pad(out, Quoting.character(value, flags.plus));
            case 'U' -> unicode(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int codePoint(long value) {
        boolean valid = value >= 0
                && value <= Character.MAX_CODE_POINT
                && (value < Character.MIN_SURROGATE || value > Character.MAX_SURROGATE);
        return valid ? (int) value : 0xfffd;
    }

    private void unicode(long value) {
        BigInteger code = value < 0 ? BigInteger.valueOf(value).add(UNSIGNED) : BigInteger.valueOf(value);
        String digits = code.toString(16).toUpperCase(Locale.ROOT);
        int least = flags.precision == Flags.NONE ? 4 : Math.max(4, flags.precision);
        String text = "U+" + "0".repeat(Math.max(0, least - digits.length())) + digits;
        if (flags.sharp && value >= 0 && value <= Character.MAX_CODE_POINT) {
            text += " '" + Character.toString(codePoint(value)) + "'";
        }
        boolean zero = flags.zero;
        flags.zero = false;
        flags.pad(out, text);
        flags.zero = zero;
    }

    private void integer(long value, int radix, String prefix, boolean upper) {
        String digits = BigInteger.valueOf(value).abs().toString(radix);
        if (upper) {
            digits = digits.toUpperCase(Locale.ROOT);
        }
        String sign = value < 0 ? "-" : flags.plus ? "+" : flags.space ? " " : "";
        int least = 0;
        if (flags.precision != Flags.NONE) {
            least = flags.precision;
            if (least == 0 && value == 0) {
                digits = "";
                prefix = "";
                sign = "";
            }
        } else if (flags.zero && !flags.minus && flags.width != Flags.NONE) {
            least = flags.width - (sign.isEmpty() ? 0 : 1);
        }
        String filled = digits.length() < least ? "0".repeat(least - digits.length()) + digits : digits;
        boolean zero = flags.zero;
        flags.zero = false;
        flags.pad(out, sign + prefix + filled);
        flags.zero = zero;
    }

    boolean real(double value, char verb) {
        switch (verb) {
            case 'v' -> real(value, 'g', Reals.SHORTEST);
            case 'g', 'G' -> real(value, verb, Reals.SHORTEST);
            case 'e', 'E', 'f', 'F' -> real(value, verb, DEFAULT_PRECISION);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void real(double value, char verb, int usual) {
        String text = Reals.format(value, verb, flags.precision == Flags.NONE ? usual : flags.precision);
        boolean finite = Double.isFinite(value);
        String sign = text.startsWith("-") ? "-" : "";
        String digits = text.substring(sign.length());
        if (sign.isEmpty()) {
            sign = flags.plus || (Double.isInfinite(value) && !flags.space) ? "+" : flags.space ? " " : "";
        }
        boolean zero = flags.zero;
        if (zero && finite && !flags.minus && flags.width > sign.length() + digits.length()) {
            digits = "0".repeat(flags.width - sign.length() - digits.length()) + digits;
        }
        flags.zero = false;
        flags.pad(out, sign + digits);
        flags.zero = zero;
    }

    boolean imaginary(double value, char verb) {
        if ("vgGeEfF".indexOf(verb) < 0) {
            return false;
        }
        String part = verb == 'v' ? Reals.general(value) : Reals.format(value, verb, DEFAULT_PRECISION);
        flags.pad(out, "(0" + (value < 0 ? "" : "+") + part + "i)");
        return true;
    }
}
