package dev.tocsin.core.template.html;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts in scripts and style sheets. Stateless. */
final class CodeText {
    /** What stands for a value that is not safe. */
    static final String UNSAFE = "ZgotmplZ";

    private static final String NEVER_IN_CSS = "\0\"'()/;@[\\]`{}<>";

    private CodeText() {}

    /**
     * The inside of a JavaScript string.
     *
     * @param template whether it stands between backquotes
     */
    static String script(String text, boolean template) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String escape = script(c, template);
            if (escape == null) {
                out.append(c);
            } else {
                out.append(escape);
            }
        }
        return out.toString();
    }

    private static @Nullable String script(char c, boolean template) {
        return switch (c) {
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            case '\\' -> "\\\\";
            case '/' -> "\\/";
            case 0, 0x0b, '"', '`', '&', '\'', '+', '<', '>', '\u2028', '\u2029' -> unicode(c);
            case '$', '{', '}' -> template ? unicode(c) : null;
            default -> null;
        };
    }

    private static String unicode(char c) {
        return String.format(Locale.ROOT, "\\u%04x", (int) c);
    }

    /** The inside of a string or address in a style sheet. */
    static String style(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                out.append("\\\\");
            } else if ("\0\t\n\f\r\"&'()+/:;<>{}".indexOf(c) >= 0) {
                out.append('\\').append(Integer.toHexString(c));
                if (i + 1 == text.length() || isHexOrSpace(text.charAt(i + 1))) {
                    out.append(' ');
                }
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isHexOrSpace(char c) {
        return Character.digit(c, 16) >= 0 || " \t\n\f\r".indexOf(c) >= 0;
    }

    /** A value in a style sheet: a colour, a number, a name; anything that could be more is replaced. */
    static String styleValue(String text) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (NEVER_IN_CSS.indexOf(c) >= 0 || (c == '-' && i > 0 && text.charAt(i - 1) == '-')) {
                return UNSAFE;
            }
            if (Character.isLetterOrDigit(c)) {
                letters.append(Character.toLowerCase(c));
            }
        }
        boolean runs = letters.indexOf("expression") >= 0 || letters.indexOf("mozbinding") >= 0;
        return runs ? UNSAFE : text;
    }
}
