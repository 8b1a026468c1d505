package dev.tocsin.notifiers.email;

import java.nio.charset.StandardCharsets;

/** The two encodings of mail, in the forms that Go's library gives them. Stateless. */
final class MailEncoding {
    private static final int MAX_LINE = 76;
    private static final String OPEN = "=?utf-8?q?";
    private static final String CLOSE = "?=";
    private static final int MAX_WORD = 75 - OPEN.length() - CLOSE.length();

    private MailEncoding() {}

    /** The value of a header (RFC 2047): as it is if it is printable ASCII, else in encoded words. */
    static String header(String value) {
        if (value.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\t')) {
            return value;
        }
        StringBuilder out = new StringBuilder(OPEN);
        int length = 0;
        for (int i = 0; i < value.length(); ) {
            int rune = value.codePointAt(i);
            i += Character.charCount(rune);
            String encoded = word(rune);
            if (length + encoded.length() > MAX_WORD) {
                out.append(CLOSE).append(' ').append(OPEN);
                length = 0;
            }
            out.append(encoded);
            length += encoded.length();
        }
        return out.append(CLOSE).toString();
    }

    private static String word(int rune) {
        if (rune == ' ') {
            return "_";
        }
        if (rune > ' ' && rune <= '~' && rune != '=' && rune != '?' && rune != '_') {
            return Character.toString(rune);
        }
        StringBuilder out = new StringBuilder();
        for (byte b : Character.toString(rune).getBytes(StandardCharsets.UTF_8)) {
            hex(out, b);
        }
        return out.toString();
    }

    private static void hex(StringBuilder out, int b) {
        out.append('=')
                .append(Character.toUpperCase(Character.forDigit((b >> 4) & 0xf, 16)))
                .append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
    }

    /** A body as quoted-printable (RFC 2045) with CRLF at the ends of lines. */
    static String quotedPrintable(String text) {
        StringBuilder out = new StringBuilder(text.length() + text.length() / 8);
        StringBuilder line = new StringBuilder();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\r' || b == '\n') {
                if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                    i++;
                }
                encodeLast(line, out);
                out.append(line).append("\r\n");
                line.setLength(0);
                continue;
            }
            boolean plain = (b >= '!' && b <= '~' && b != '=') || b == ' ' || b == '\t';
            if (line.length() + (plain ? 1 : 3) > MAX_LINE - 1) {
                softBreak(line, out);
            }
            if (plain) {
                line.append((char) b);
            } else {
                hex(line, b);
            }
        }
        encodeLast(line, out);
        return out.append(line).toString();
    }

    /** White space at the end of a line would get lost. */
    private static void encodeLast(StringBuilder line, StringBuilder out) {
        int last = line.length() - 1;
        if (last < 0 || (line.charAt(last) != ' ' && line.charAt(last) != '\t')) {
            return;
        }
        char space = line.charAt(last);
        line.setLength(last);
        if (last + 3 > MAX_LINE - 1) {
            softBreak(line, out);
        }
        hex(line, space);
    }

    private static void softBreak(StringBuilder line, StringBuilder out) {
        out.append(line).append("=\r\n");
        line.setLength(0);
    }
}
