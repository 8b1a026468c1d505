package dev.tocsin.notifiers.payload;

/** Cuts texts to what receivers take (notifiers contract section 0.6); an ellipsis marks the cut. Stateless. */
public final class Truncation {
    private static final String ELLIPSIS = "\u2026";
    private static final int ELLIPSIS_BYTES = 3;

    private Truncation() {}

    /**
     * The text in at most {@code limit} code points, the ellipsis counted.
     *
     * @param limit from 0; up to 3 leave no room for the ellipsis
     */
    public static String runes(String text, int limit) {
        if (text.length() <= limit || text.codePointCount(0, text.length()) <= limit) {
            return text;
        }
        return limit <= ELLIPSIS_BYTES
                ? text.substring(0, text.offsetByCodePoints(0, limit))
                : text.substring(0, text.offsetByCodePoints(0, limit - 1)) + ELLIPSIS;
    }

    /**
     * The text in at most {@code limit} bytes of UTF-8, the ellipsis counted.
     *
     * @param limit from 0; below 3 there are only dots
     */
    public static String bytes(String text, int limit) {
        int size = 0;
        int kept = 0;
        for (int i = 0; i < text.length(); ) {
            int rune = text.codePointAt(i);
            i += Character.charCount(rune);
            size += utf8Length(rune);
            if (size <= limit - ELLIPSIS_BYTES) {
                kept = i;
            }
            if (size > limit) {
                return limit < ELLIPSIS_BYTES ? ".".repeat(limit) : text.substring(0, kept) + ELLIPSIS;
            }
        }
        return text;
    }

    private static int utf8Length(int rune) {
        if (rune < 0x80) {
            return 1;
        }
        if (rune < 0x800) {
            return 2;
        }
        return rune < 0x10000 ? 3 : 4;
    }
}
