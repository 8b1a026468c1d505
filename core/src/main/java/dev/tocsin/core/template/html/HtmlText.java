package dev.tocsin.core.template.html;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts between and within tags. Stateless. */
final class HtmlText {
    private static final Pattern ENTITY =
            Pattern.compile("&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));");

    private HtmlText() {}

    /** How a text is escaped. */
    enum Style {
        /** For text and quoted values. */
        FULL,
        /** As {@link #FULL}, but what is escaped already stays so. */
        NORMALIZED,
        /** For values without quotes. */
        UNQUOTED,
        /** For values without quotes; what is escaped already stays so. */
        UNQUOTED_NORMALIZED
    }

    static String escape(String text, Style style) {
        StringBuilder out = null;
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            String escape = escape(text.charAt(i), style);
            if (escape != null) {
                if (out == null) {
                    out = new StringBuilder(text.length() + 32);
                }
                out.append(text, copied, i).append(escape);
                copied = i + 1;
            }
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    private static @Nullable String escape(char c, Style style) {
        boolean normalized = style == Style.NORMALIZED || style == Style.UNQUOTED_NORMALIZED;
        boolean unquoted = style == Style.UNQUOTED || style == Style.UNQUOTED_NORMALIZED;
        return switch (c) {
            case 0 -> unquoted ? "&#xfffd;" : "\ufffd";
            case '"' -> "&#34;";
            case '&' -> normalized ? null : "&amp;";
            case '\'' -> "&#39;";
            case '+' -> "&#43;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\t', '\n', 0x0b, '\f', '\r', ' ', '=', '`' -> unquoted ? "&#" + (int) c + ";" : null;
            default -> null;
        };
    }

    /** The text that an attribute's value means. */
    static String unescape(String written) {
        if (written.indexOf('&') < 0) {
            return written;
        }
        return ENTITY.matcher(written)
                .replaceAll(match -> Matcher.quoteReplacement(meant(match.group(1), match.group(2), match.group(3))));
    }

    private static String meant(@Nullable String hexadecimal, @Nullable String decimal, @Nullable String name) {
        if (name != null) {
            return switch (name) {
                case "amp" -> "&";
                case "lt" -> "<";
                case "gt" -> ">";
                case "quot" -> "\"";
                default -> "'";
            };
        }
        int c = hexadecimal != null ? Integer.parseInt(hexadecimal, 16) : Integer.parseInt(String.valueOf(decimal));
        boolean valid =
                c > 0 && Character.isValidCodePoint(c) && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
        return Character.toString(valid ? c : 0xfffd);
    }

    /** Trusted HTML without its tags and comments, for attributes. */
    static String withoutTags(String html) {
        StringBuilder out = new StringBuilder(html.length());
        int at = 0;
        while (at < html.length()) {
            int open = html.indexOf('<', at);
            boolean tag = open >= 0
                    && open + 1 < html.length()
                    && (Character.isLetter(html.charAt(open + 1)) || "/!".indexOf(html.charAt(open + 1)) >= 0);
            if (open < 0) {
                break;
            }
            out.append(html, at, open);
            if (!tag) {
                out.append('<');
                at = open + 1;
                continue;
            }
            boolean comment = html.startsWith("<!--", open);
            int close = comment ? html.indexOf("-->", open) : html.indexOf('>', open);
            if (close < 0) {
                return out.toString();
            }
            at = close + (comment ? 3 : 1);
        }
        return out.append(html, at, html.length()).toString();
    }
}
