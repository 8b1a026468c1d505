package dev.tocsin.core.template.print;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.template.value.Bytes;
import java.util.Locale;

/** Quoted texts and characters. Stateless. */
final class Quoting {
    private Quoting() {}

    /**
     * The text as a Go literal.
     *
     * @param ascii whether everything beyond ASCII is escaped
     */
    static String quote(String text, boolean ascii) {
        if (!ascii && !Bytes.hasBytes(text)) {
            return GoQuote.quote(text);
        }
        StringBuilder out = new StringBuilder(text.length() + 8).append('"');
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (Character.isLowSurrogate(text.charAt(i)) && Bytes.isByte(text, i)) {
                out.append("\\x").append(Integer.toHexString(c - Bytes.FIRST));
            } else if (ascii && c >= 0x80) {
                out.append(String.format(Locale.ROOT, c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
            } else {
                String quoted = GoQuote.quote(Character.toString(c));
                out.append(quoted, 1, quoted.length() - 1);
            }
            i += Character.charCount(c) - 1;
        }
        return out.append('"').toString();
    }

    /** A code point as a Go character literal. */
    static String character(long value, boolean ascii) {
        int c = value < 0 || value > Character.MAX_CODE_POINT ? 0xfffd : (int) value;
        if (c == '\'') {
            return "'\\''";
        }
        if (c == '"') {
            return "'\"'";
        }
        String quoted = quote(Character.toString(c), ascii);
        return "'" + quoted.substring(1, quoted.length() - 1) + "'";
    }

    /** Whether the text can stand between backquotes. */
    static boolean canBackquote(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == '`' || c == 0x7f || c == 0xfeff) {
                return false;
            }
        }
        return !Bytes.hasBytes(text);
    }
}
