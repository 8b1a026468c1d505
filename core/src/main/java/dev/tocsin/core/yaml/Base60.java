package dev.tocsin.core.yaml;

/** Recognises numbers of base 60: digits, one or more groups of a colon and 0 to 59, an optional fraction. */
final class Base60 {
    private final String text;

    Base60(String text) {
        this.text = text;
    }

    boolean matches() {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (at == text.length() || !isDigit(at)) {
            return false;
        }
        while (at < text.length() && (isDigit(at) || text.charAt(at) == '_')) {
            at++;
        }
        int groups = 0;
        while (at < text.length() && text.charAt(at) == ':') {
            at++;
            int digits = 0;
            while (isDigit(at + digits)) {
                digits++;
            }
            if (digits == 0 || digits > 2 || (digits == 2 && text.charAt(at) > '5')) {
                return false;
            }
            at += digits;
            groups++;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            while (at < text.length() && (isDigit(at) || text.charAt(at) == '_')) {
                at++;
            }
        }
        return groups > 0 && at == text.length();
    }

    private boolean isDigit(int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
