package dev.tocsin.core.template.html;

import dev.tocsin.core.template.exec.Escapes;
import dev.tocsin.core.template.value.Bytes;
import java.util.Locale;
import java.util.Set;

/** Texts in addresses. Stateless. */
final class UrlText {
    /** What stands for an address that is not safe. */
    static final String UNSAFE = "#ZgotmplZ";

    private static final Set<String> SAFE_SCHEMES = Set.of("http", "https", "mailto");
    private static final String RESERVED = "!#$&*+,/:;=?@[]";

    private UrlText() {}

    /** Whether the address has no scheme, or one that runs no program. */
    static boolean isSafe(String url) {
        int colon = url.indexOf(':');
        if (colon < 0 || url.lastIndexOf('/', colon) >= 0) {
            return true;
        }
        return SAFE_SCHEMES.contains(url.substring(0, colon).toLowerCase(Locale.ROOT));
    }

    /**
     * Percent-encodes.
     *
     * @param normalize whether it is an address already, whose structure and escapes stay
     */
    static String encode(String text, boolean normalize) {
        byte[] bytes = Bytes.encode(text);
        StringBuilder out = new StringBuilder(bytes.length + 16);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean stays = Escapes.isUnreserved(c)
                    || (normalize && (RESERVED.indexOf(c) >= 0 || (c == '%' && isEscape(bytes, i))));
            if (stays) {
                out.append(c);
            } else {
                Escapes.percent(out, bytes[i], false);
            }
        }
        return out.toString();
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return at + 2 < bytes.length
                && Character.digit(bytes[at + 1], 16) >= 0
                && Character.digit(bytes[at + 2], 16) >= 0;
    }

    /** Addresses with sizes, separated by commas; those that are not safe are replaced. */
    static String srcset(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (String image : text.split(",", -1)) {
            if (!out.isEmpty()) {
                out.append(',');
            }
            int start = image.length() - image.stripLeading().length();
            int end = start;
            while (end < image.length() && !Character.isWhitespace(image.charAt(end))) {
                end++;
            }
            String url = image.substring(start, end);
            boolean plain = image.substring(end)
                    .chars()
                    .allMatch(c -> Character.isWhitespace(c) || c == '.' || (c < 0x80 && Character.isLetterOrDigit(c)));
            if (isSafe(url) && plain) {
                out.append(image, 0, start).append(encode(url, true)).append(image, end, image.length());
            } else {
                out.append(UNSAFE);
            }
        }
        return out.toString();
    }
}
