package dev.tocsin.core.template.exec;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.template.value.Bytes;
import java.util.Locale;

/** The escapes that templates ask for by name. Stateless. */
public final class Escapes {
    private static final String UNRESERVED = "-_.~";

    private Escapes() {}

    /** For HTML text. */
    public static String html(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String escape = switch (c) {
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '&' -> "&amp;";
                case '\'' -> "&#39;";
                case '"' -> "&#34;";
                case 0 -> "\ufffd";
                default -> "";
            };
            if (!escape.isEmpty() && out == null) {
                out = new StringBuilder(text.length() + 32).append(text, 0, i);
            }
            if (out != null) {
                out.append(escape.isEmpty() ? String.valueOf(c) : escape);
            }
        }
        return out == null ? text : out.toString();
    }

    /** For a JavaScript string. */
    public static String js(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\'' -> out.append("\\'");
                case '"' -> out.append("\\\"");
                case '<' -> out.append("\\u003C");
                case '>' -> out.append("\\u003E");
                case '&' -> out.append("\\u0026");
                case '=' -> out.append("\\u003D");
                default -> {
                    boolean lone = c >= Bytes.FIRST + 0x80 && c <= Bytes.FIRST + 0xff;
                    if (c < ' ' || c == 0x7f || (c > 0x7f && !lone && !GoQuote.isPrintable(c))) {
                        out.append(String.format(Locale.ROOT, "\\u%04X", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }

    /** For a value in a URL's query; a space becomes a plus sign. */
    public static String urlQuery(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : Bytes.encode(text)) {
            char c = (char) (b & 0xff);
            if (c == ' ') {
                out.append('+');
            } else if (isUnreserved(c)) {
                out.append(c);
            } else {
                percent(out, b, true);
            }
        }
        return out.toString();
    }

    /** Whether {@code c} stands for itself everywhere in a URL. */
    public static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || UNRESERVED.indexOf(c) >= 0;
    }

    /** Appends a percent sign and two digits. */
    public static void percent(StringBuilder out, byte b, boolean upper) {
        String digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
        out.append('%').append(digits.charAt((b >> 4) & 0xf)).append(digits.charAt(b & 0xf));
    }
}
