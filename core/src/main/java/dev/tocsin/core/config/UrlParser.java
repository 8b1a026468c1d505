package dev.tocsin.core.config;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.yaml.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Takes an address apart with the leniency of the Go programs whose files are read here (RFC 3986 plus raw spaces). */
final class UrlParser {
    private static final String IN_PATH = "$&+,/:;=@";
    private static final String HEX = "0123456789ABCDEF";

    private final String text;

    UrlParser(String text) {
        this.text = text;
    }

    Url parse() throws InvalidValueException {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
                throw invalid("invalid control character in URL");
            }
        }
        int hash = text.indexOf('#');
        String fragment = hash < 0 ? "" : "#" + encode(text.substring(hash + 1), "$&+,/:;=?@!()*", "!$&'()*+,;=:@[]/?");
        String rest = hash < 0 ? text : text.substring(0, hash);
        int colon = schemeEnd(rest);
        String scheme = colon < 0 ? "" : rest.substring(0, colon).toLowerCase(Locale.ROOT);
        rest = rest.substring(colon + 1);
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question);
        rest = question < 0 ? rest : rest.substring(0, question);
        if (!rest.startsWith("/")) {
            if (!scheme.isEmpty()) {
                return new Url(scheme, null, null, "", rest, query + fragment);
            }
            int slash = rest.indexOf('/');
            if (rest.substring(0, slash < 0 ? rest.length() : slash).indexOf(':') >= 0) {
                throw invalid("first path segment in URL cannot contain colon");
            }
        }
        String authority = "";
        if (rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            authority = rest.substring(2, slash < 0 ? rest.length() : slash);
            rest = slash < 0 ? "" : rest.substring(slash);
        }
        return withAuthority(scheme, authority, path(rest), query + fragment);
    }

    private Url withAuthority(String scheme, String authority, String path, String suffix)
            throws InvalidValueException {
        int at = authority.lastIndexOf('@');
        String host = authority.substring(at + 1);
        checkHost(host);
        if (at < 0) {
            return new Url(scheme, null, null, host, path, suffix);
        }
        String user = authority.substring(0, at);
        int colon = user.indexOf(':');
        String name = userPart(colon < 0 ? user : user.substring(0, colon));
        Secret password = colon < 0 ? null : new Secret(userPart(user.substring(colon + 1)));
        return new Url(scheme, name, password, host, path, suffix);
    }

    /** The index of the colon after the scheme, -1 if there is no scheme. */
    private int schemeEnd(String rest) throws InvalidValueException {
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == ':') {
                if (i == 0) {
                    throw invalid("missing protocol scheme");
                }
                return i;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !later)) {
                return -1;
            }
        }
        return -1;
    }

    private void checkHost(String host) throws InvalidValueException {
        String port = "";
        if (host.startsWith("[")) {
            int close = host.lastIndexOf(']');
            if (close < 0) {
                throw invalid("missing ']' in host");
            }
            port = host.substring(close + 1);
        } else {
            int colon = host.lastIndexOf(':');
            port = colon < 0 ? "" : host.substring(colon);
        }
        boolean valid = port.isEmpty() || port.charAt(0) == ':';
        for (int i = 1; i < port.length(); i++) {
            valid &= port.charAt(i) >= '0' && port.charAt(i) <= '9';
        }
        if (!valid) {
            throw invalid("invalid port " + GoQuote.quote(port) + " after host");
        }
        for (int i = 0; i < host.length(); i++) {
            if (" \"<>\\^`{|}".indexOf(host.charAt(i)) >= 0) {
                throw invalid("invalid character " + GoQuote.quote(host.substring(i, i + 1)) + " in host name");
            }
        }
    }

    private String userPart(String part) throws InvalidValueException {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (!isUnreserved(c) && "$&+,;=%!'()*".indexOf(c) < 0 && c != ':' && c != '@') {
                throw invalid("net/url: invalid userinfo");
            }
        }
        return encode(part, "$&+,;=", "$&+,;=");
    }

    /** A path as it is meant, encoded. */
    static String pathText(String path) {
        return escape(path.getBytes(StandardCharsets.UTF_8), IN_PATH);
    }

    private String path(String path) throws InvalidValueException {
        return encode(path, IN_PATH, "!$&'()*+,;=:@[]/");
    }

    /**
     * Leaves the text alone if it only holds {@code valid} characters and escapes, else decodes it and encodes everything but
     * {@code kept}.
     */
    private String encode(String part, String kept, String valid) throws InvalidValueException {
        boolean asIs = true;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%') {
                if (i + 2 >= part.length() || hex(part.charAt(i + 1)) < 0 || hex(part.charAt(i + 2)) < 0) {
                    String escape = part.substring(i, Math.min(part.length(), i + 3));
                    throw invalid("invalid URL escape " + GoQuote.quote(escape));
                }
            } else if (!isUnreserved(c) && valid.indexOf(c) < 0) {
                asIs = false;
            }
        }
        return asIs ? part : escape(decode(part), kept);
    }

    private static byte[] decode(String part) {
        byte[] raw = part.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                decoded[length++] = (byte) (hex((char) raw[i + 1]) << 4 | hex((char) raw[i + 2]));
                i += 2;
            } else {
                decoded[length++] = raw[i];
            }
        }
        return Arrays.copyOf(decoded, length);
    }

    private static String escape(byte[] bytes, String kept) {
        StringBuilder out = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (isUnreserved(c) || kept.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
            }
        }
        return out.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '~';
    }

    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** The address may hold a password or a token, so that the message must not show it. */
    private InvalidValueException invalid(String problem) {
        return new InvalidValueException("parse \"<redacted>\": " + problem);
    }
}
