package dev.tocsin.notifiers.email;

import java.util.Locale;

/** Names of headers. Stateless. */
final class HeaderNames {
    private HeaderNames() {}

    /** Upper case at the start and after each hyphen, as Go writes names; one that is no name stays as it is. */
    static String canonical(String name) {
        if (!name.chars()
                .allMatch(c -> (Character.isLetterOrDigit(c) && c < 0x80) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0)) {
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
}
