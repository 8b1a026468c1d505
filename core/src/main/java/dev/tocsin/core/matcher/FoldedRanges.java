package dev.tocsin.core.matcher;

/**
 * How much RE2/J has to look at when the ranges of character classes are to match in either case: it goes through every
 * character between {@code a} and {@code z} of {@code [a-z]}, which are a million in an expression of a few hundred
 * characters. Go's parser does the same and has no limit for it. Stateless.
 */
final class FoldedRanges {
    /** How many characters there may be to look at; they take some 20 ms. */
    static final long MAX_WIDTH = 1_000_000;

    /** Beyond the highest letter that has two cases nothing is looked at (RE2's tables, Unicode 6). */
    private static final int HIGHEST = 0x1e943;

    private static final int HEX = 16;

    private final String text;
    private final int end;
    private int at;

    private FoldedRanges(String text, int from, int to) {
        this.text = text;
        this.at = from;
        this.end = Math.min(to, text.length()); // a class may end in the middle of an escape
    }

    /** Whether any part of {@code text} may be meant in either case. */
    static boolean among(String text) {
        for (int flags = text.indexOf("(?"); flags >= 0; flags = text.indexOf("(?", flags + 2)) {
            for (int at = flags + 2; at < text.length() && isFlag(text.charAt(at)); at++) {
                if (text.charAt(at) == 'i') {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isFlag(char c) {
        return c == 'i' || c == 'm' || c == 's' || c == 'U' || c == '-';
    }

    /** How many characters the ranges in the class between two places of {@code text} have. */
    static long width(String text, int from, int to) {
        return new FoldedRanges(text, from, to).width();
    }

    private long width() {
        long width = 0;
        while (at < end) {
            int low = next();
            if (at + 1 < end && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
                at++;
                width += Math.max(0, Math.min(next(), HIGHEST) - low);
            }
        }
        return width;
    }

    /** The character that stands here; of what stands for many, its last letter. */
    private int next() {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        if (c != '\\' || at >= end) {
            return c;
        }
        c = text.codePointAt(at);
        at += Character.charCount(c);
        return c == 'x' ? hexadecimal() : c;
    }

    private int hexadecimal() {
        boolean braces = at < end && text.charAt(at) == '{';
        int close = braces ? text.indexOf('}', at) : Math.min(at + 2, end);
        if (close < 0 || close > end) {
            return 0; // RE2/J refuses it
        }
        int number = 0;
        for (int i = braces ? at + 1 : at; i < close && number <= Character.MAX_CODE_POINT; i++) {
            number = number * HEX + Math.max(0, Character.digit(text.charAt(i), HEX));
        }
        at = braces ? close + 1 : close;
        return number;
    }
}
