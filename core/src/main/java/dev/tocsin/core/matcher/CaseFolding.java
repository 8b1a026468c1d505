package dev.tocsin.core.matcher;

import com.google.re2j.Pattern;
import java.lang.reflect.Field;

/**
 * Mends the tables by which RE2/J ignores case, without which some expressions never finish compiling.
 *
 * <p>RE2/J walks from a character to the next one that differs from it in case only, until it is back where it began. The
 * ways through more than two characters are in a table of an old Unicode version, the others come from the running JDK. A
 * character that only the JDK knows may lead into a circle that does not lead back to it: from U+1C80 to U+0412, to
 * U+0432, to U+0412, for ever. {@code (?i)[a-\x{ffff}]} is enough. The table is an array, so the missing ways can be added
 * to it.
 */
final class CaseFolding {
    /** No character has more others that differ from it in case only; Unicode's longest circle has four. */
    static final int LONGEST_CIRCLE = 8;

    private CaseFolding() {}

    /**
     * Closes the circles of the RE2/J on the class path. Once, before the first expression is compiled.
     *
     * @throws IllegalStateException if this RE2/J has no such table: then another version came in, and it is to be seen
     *     whether that one needs mending
     */
    static void mend() {
        close(table());
    }

    /** The table itself, not a copy: for each character the next one, or 0 where the JDK tells. */
    static char[] table() {
        try {
            Field table = Class.forName("com.google.re2j.UnicodeTables", true, Pattern.class.getClassLoader())
                    .getDeclaredField("CASE_ORBIT");
            table.setAccessible(true);
            return (char[]) table.get(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException("this version of RE2/J has no table of case folding: " + e, e);
        }
    }

    private static void close(char[] table) {
        for (char c = 0; c < table.length; c++) {
            if (!comesBack(table, c)) {
                insert(table, c);
            }
        }
    }

    /** Whether the way from {@code c} leads back to it. */
    static boolean comesBack(char[] table, int c) {
        int at = next(table, c);
        for (int i = 0; i < LONGEST_CIRCLE && at != c; i++) {
            at = next(table, at);
        }
        return at == c;
    }

    /** Takes {@code c} into the circle to which it leads, or makes it a circle of its own if the table is too short. */
    private static void insert(char[] table, char c) {
        int before = next(table, c);
        for (int i = 0; i < LONGEST_CIRCLE && before >= table.length; i++) {
            before = next(table, before);
        }
        if (before >= table.length) {
            table[c] = c;
            return;
        }
        table[c] = (char) next(table, before);
        table[before] = c;
    }

    private static int next(char[] table, int c) {
        if (c < table.length && table[c] != 0) {
            return table[c];
        }
        int lower = Character.toLowerCase(c);
        return lower != c ? lower : Character.toUpperCase(c);
    }
}
