package dev.tocsin.core.label;

/**
 * Double-quoted string literals as Go's {@code strconv.Quote} writes them. Group keys, matchers and several receivers
 * carry label values in this form, so it is part of the wire format (contract sections 3.6 and 5.1).
 */
public final class GoQuote {
    private static final String HEX = "0123456789abcdef";

    private GoQuote() {}

    /**
     * Quotes {@code text}: control characters, quotes and backslashes are escaped, code points that cannot be printed
     * become {@code \\u} or {@code \\U} escapes, everything else stays.
     */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        append(out, text);
        return out.toString();
    }

    /** Appends the quoted form of {@code text} to {@code out}. */
    public static void append(StringBuilder out, String text) {
        out.append('"');
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            appendCodePoint(out, c);
        }
        out.append('"');
    }

    private static void appendCodePoint(StringBuilder out, int c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case 0x07 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 0x0b -> out.append("\\v");
            default -> {
                if (isPrintable(c)) {
                    out.appendCodePoint(c);
                } else if (c < ' ' || c == 0x7f) {
                    hex(out.append("\\x"), c, 2);
                } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                    out.append("\\ufffd");
                } else if (c < 0x10000) {
                    hex(out.append("\\u"), c, 4);
                } else {
                    hex(out.append("\\U"), c, 8);
                }
            }
        }
    }

    private static void hex(StringBuilder out, int value, int digits) {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((value >> shift) & 0xf));
        }
    }

    /** Whether Go prints the code point as it is: letters, marks, numbers, punctuation, symbols and the ASCII space. */
    public static boolean isPrintable(int c) {
        if (c == ' ') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
