package dev.tocsin.core.ingest;

/**
 * Which texts Go's {@code url.ParseRequestURI} accepts: that is the check behind a {@code generatorURL} (contract section
 * 4.1). Linear, no objects.
 */
final class RequestUri {
    private static final String USER_INFO_MARKS = "-._:~!$&'()*+,;=%@";
    private static final String HOST_MARKS = "-_.~!$&'()*+,;=:[]<>\"";

    private RequestUri() {}

    /** Whether {@code text} is an absolute URI or an absolute path. */
    static boolean isValid(String text) {
        if (text.isEmpty() || hasControl(text)) {
            return false;
        }
        if (text.equals("*")) {
            return true;
        }
        int scheme = schemeEnd(text);
        if (scheme == 0) {
            return false;
        }
        int rest = scheme < 0 ? 0 : scheme + 1;
        int end = text.indexOf('?', rest);
        if (end < 0) {
            end = text.length();
        }
        if (rest >= end || text.charAt(rest) != '/') {
            return scheme > 0; // opaque, as in mailto:x
        }
        int path = rest;
        if (scheme > 0 && rest + 1 < end && text.charAt(rest + 1) == '/') {
            path = text.indexOf('/', rest + 2);
            path = path < 0 || path > end ? end : path;
            if (!isAuthority(text, rest + 2, path)) {
                return false;
            }
        }
        return escapesAreWhole(text, path, end);
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f) {
                return true;
            }
        }
        return false;
    }

    /** The index of the colon after the scheme, 0 if the text starts with a colon, -1 if there is no scheme. */
    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isLetter(c)) {
                continue;
            }
            if (c == ':') {
                return i;
            }
            if (i == 0 || !(isDigit(c) || c == '+' || c == '-' || c == '.')) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isAuthority(String text, int start, int end) {
        int at = text.lastIndexOf('@', end - 1);
        if (at < start) {
            return isHost(text, start, end);
        }
        for (int i = start; i < at; i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && USER_INFO_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return escapesAreWhole(text, start, at) && isHost(text, at + 1, end);
    }

    private static boolean isHost(String text, int start, int end) {
        int port;
        int nameEnd;
        if (start < end && text.charAt(start) == '[') {
            int close = text.lastIndexOf(']', end - 1);
            if (close < start) {
                return false;
            }
            port = close + 1;
            nameEnd = close;
            int zone = text.indexOf("%25", start);
            if (zone >= 0 && zone < close) {
                return isPort(text, port, end)
                        && hostCharacters(text, start, zone)
                        && escapesAreWhole(text, zone, close);
            }
        } else {
            int colon = text.lastIndexOf(':', end - 1);
            port = colon < start ? end : colon;
            nameEnd = port;
        }
        return isPort(text, port, end) && hostCharacters(text, start, nameEnd);
    }

    private static boolean isPort(String text, int start, int end) {
        if (start == end) {
            return true;
        }
        if (text.charAt(start) != ':') {
            return false;
        }
        for (int i = start + 1; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hostCharacters(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '%') {
                // In a host only bytes beyond ASCII may be escaped.
                if (!isEscape(text, i, end) || text.charAt(i + 1) < '8') {
                    return false;
                }
                i += 2;
            } else if (c < 0x80 && !isLetter(c) && !isDigit(c) && HOST_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean escapesAreWhole(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) == '%' && !isEscape(text, i, end)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEscape(String text, int at, int end) {
        return at + 2 < end && isHex(text.charAt(at + 1)) && isHex(text.charAt(at + 2));
    }

    private static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
