package dev.tocsin.notifiers.http.message;

import java.util.Locale;

/** Names of headers, in mails and in requests. Stateless. */
public final class HeaderNames {
    private HeaderNames() {}

    /** Upper case at the start and after each hyphen, as Go writes every name; one that is no name stays as it is. */
    public static String canonical(String name) {
        if (!isName(name)) {
            return name;
        }
        StringBuilder out = new StringBuilder(name.toLowerCase(Locale.ROOT));
        boolean upper = true;
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (upper && c >= 'a' && c <= 'z') {
                out.setCharAt(i, (char) (c - 'a' + 'A'));
            }
            upper = c == '-';
        }
        return out.toString();
    }

    /** Whether it may stand before a colon: a token (RFC 9110, section 5.6.2). */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(HeaderNames::isToken);
    }

    private static boolean isToken(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
