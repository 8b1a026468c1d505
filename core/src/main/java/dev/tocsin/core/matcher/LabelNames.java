package dev.tocsin.core.matcher;

/** Which texts may name a label (contract section 3.5). */
public final class LabelNames {
    private LabelNames() {}

    /**
     * Whether {@code name} may name a label in {@code mode}: an identifier in classic mode, otherwise any text that is
     * not empty and that UTF-8 can express.
     */
    public static boolean isValid(String name, MatcherMode mode) {
        return switch (mode) {
            case CLASSIC -> isLegacy(name);
            case FALLBACK, UTF8_STRICT -> !name.isEmpty() && isUtf8(name);
        };
    }

    /** Whether {@code name} is a letter or underscore followed by letters, digits and underscores, all ASCII. */
    public static boolean isLegacy(String name) {
        if (name.isEmpty() || isDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetter(c) && !isDigit(c)) {
                return false;
            }
        }
        return true;
    }

    /** Whether UTF-8 can express {@code text}: every surrogate stands in a pair. */
    public static boolean isUtf8(String text) {
        boolean high = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLowSurrogate(c) != high) {
                return false;
            }
            high = Character.isHighSurrogate(c);
        }
        return !high;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
