package dev.tocsin.app.flag;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sizes as Prometheus writes them in its flags: a whole number and a unit, by powers of 1024, such as {@code 512MB}. */
final class ByteSize {
    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB", "PB");

    private ByteSize() {}

    /** Why the text is no size. */
    static Optional<String> problem(String text) {
        return value(text) < 0
                ? Optional.of("not a size: \"" + text + "\"; sizes look like 0, 512MB or 2GB")
                : Optional.empty();
    }

    /** The size in bytes; -1 if the text is none. */
    static long value(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        int power = UNITS.indexOf(text.substring(digits).toUpperCase(Locale.ROOT));
        if (digits == 0 || digits > 15 || (power < 0 && !text.matches("0+"))) {
            return -1;
        }
        long number = Long.parseLong(text.substring(0, digits));
        long unit = 1L << (10 * Math.max(0, power));
        return number > Long.MAX_VALUE / unit ? -1 : number * unit;
    }
}
