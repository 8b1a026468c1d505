package dev.tocsin.core.label;

import java.util.Comparator;

/**
 * The order of strings by their UTF-8 bytes, which is the order of their code points. {@link String#compareTo} differs
 * from it: it puts code points above U+FFFF, which Java stores as surrogates, before U+E000 to U+FFFF.
 */
public final class Utf8Order {
    /** The order as a comparator. */
    public static final Comparator<String> COMPARATOR = Utf8Order::compare;

    private Utf8Order() {}

    /**
     * Compares two strings by code point.
     *
     * @return negative, zero or positive as {@link Comparator#compare}
     */
    public static int compare(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xSurrogate = Character.isSurrogate(x);
                boolean ySurrogate = Character.isSurrogate(y);
                if (xSurrogate != ySurrogate) {
                    return xSurrogate ? 1 : -1;
                }
                return x - y;
            }
        }
        return a.length() - b.length();
    }
}
