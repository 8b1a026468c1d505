package dev.tocsin.core.template.exec;

import java.util.Locale;

/**
 * Words with their first letter in title case and the rest in lower case, as Unicode's rules for words cut them: an
 * apostrophe, point, colon or underscore between letters does not end a word. Stateless.
 */
final class TitleCase {
    private static final String WITHIN_WORDS = "'.:\u00b7\u2018\u2019\u2024\ufe52\uff07\uff0e";

    private TitleCase() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 4);
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int end = i + Character.charCount(c);
            if (Character.isLetter(c)) {
                out.append(inWord ? Character.toString(Character.toLowerCase(c)) : title(c));
                inWord = true;
            } else {
                out.appendCodePoint(c);
                inWord &= continues(text, i, c, end);
            }
            i = end;
        }
        return out.toString();
    }

    /** Whether a word goes on after {@code c}, which is no letter. */
    private static boolean continues(String text, int at, int c, int end) {
        if (c == '_' || Character.isDigit(c) || isMark(c)) {
            return true;
        }
        return WITHIN_WORDS.indexOf(c) >= 0
                && at > 0
                && Character.isLetter(text.codePointBefore(at))
                && end < text.length()
                && Character.isLetter(text.codePointAt(end));
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT;
    }

    /** A letter that becomes several ones has only the first one in upper case. */
    private static String title(int c) {
        String upper = Character.toString(c).toUpperCase(Locale.ROOT);
        if (upper.codePointCount(0, upper.length()) == 1) {
            return Character.toString(Character.toTitleCase(c));
        }
        int first = upper.offsetByCodePoints(0, 1);
        return upper.substring(0, first) + upper.substring(first).toLowerCase(Locale.ROOT);
    }
}
