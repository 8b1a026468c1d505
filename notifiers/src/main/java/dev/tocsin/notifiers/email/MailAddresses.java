package dev.tocsin.notifiers.email;

import java.util.ArrayList;
import java.util.List;

/** Reads lists of addresses as RFC 5322 writes them, without groups. Not for several threads. */
final class MailAddresses {
    private static final String SPECIALS = "()<>[]:;@\\,\"";

    private final String text;
    private int at;

    private MailAddresses(String text) {
        this.text = text;
    }

    /** A text is no list of addresses. The message is Go's. */
    static final class InvalidAddressException extends Exception {
        private static final long serialVersionUID = 1L;

        private InvalidAddressException(String message) {
            super("mail: " + message);
        }
    }

    /**
     * The addresses alone, such as {@code a@example.org}, without the names.
     *
     * @return not empty
     * @throws InvalidAddressException if there is none, or something that is none
     */
    static List<String> parse(String text) throws InvalidAddressException {
        MailAddresses parser = new MailAddresses(text);
        List<String> addresses = new ArrayList<>();
        parser.skipSpace();
        while (true) {
            while (parser.take(',')) {
                parser.skipSpace();
            }
            if (parser.done()) {
                break;
            }
            addresses.add(parser.mailbox());
            parser.skipSpace();
            if (!parser.done() && parser.peek() != ',') {
                throw new InvalidAddressException("expected comma");
            }
        }
        if (addresses.isEmpty()) {
            throw new InvalidAddressException("no address");
        }
        return addresses;
    }

    private String mailbox() throws InvalidAddressException {
        int start = at;
        if (peek() != '<') {
            String local = word();
            if (take('@')) {
                return address(local);
            }
            at = start;
            int words = phrase();
            if (done() || peek() != '<') {
                throw new InvalidAddressException(words > 1 ? "no angle-addr" : "missing '@' or angle-addr");
            }
        }
        at++;
        skipSpace();
        String local = word();
        if (!take('@')) {
            throw new InvalidAddressException("missing @ in addr-spec");
        }
        String address = address(local);
        skipSpace();
        if (!take('>')) {
            throw new InvalidAddressException("unclosed angle-addr");
        }
        return address;
    }

    private String address(String local) throws InvalidAddressException {
        skipSpace();
        int start = at;
        if (!done() && peek() == '[') {
            int end = text.indexOf(']', at);
            at = end < 0 ? at : end + 1;
        } else {
            while (!done() && isAtom(peek())) {
                at++;
            }
        }
        if (at == start) {
            throw new InvalidAddressException("no atom in address domain");
        }
        return local + "@" + text.substring(start, at);
    }

    /** A local part or a word of a name; quotes stay only where they are needed. */
    private String word() throws InvalidAddressException {
        if (done()) {
            throw new InvalidAddressException("no address");
        }
        if (peek() == '"') {
            return quoted();
        }
        int start = at;
        while (!done() && isAtom(peek())) {
            at++;
        }
        if (at == start) {
            throw new InvalidAddressException("missing word in phrase: mail: invalid string");
        }
        return text.substring(start, at);
    }

    private String quoted() throws InvalidAddressException {
        StringBuilder out = new StringBuilder("\"");
        at++;
        boolean plain = true;
        while (!done() && peek() != '"') {
            if (peek() == '\\') {
                out.append(text.charAt(at++));
                plain = false;
            }
            if (done() || (peek() < ' ' && peek() != '\t')) {
                throw new InvalidAddressException("bad character in quoted-string");
            }
            plain &= isAtom(peek());
            out.append(text.charAt(at++));
        }
        if (!take('"')) {
            throw new InvalidAddressException("unclosed quoted-string");
        }
        return plain && out.length() > 1 ? out.substring(1) : out.append('"').toString();
    }

    /** Skips a name and says how many words it has. */
    private int phrase() throws InvalidAddressException {
        int words = 0;
        while (!done() && peek() != '<' && peek() != ',') {
            word();
            words++;
            skipSpace();
        }
        return words;
    }

    private static boolean isAtom(char c) {
        return c > ' ' && c != 0x7f && SPECIALS.indexOf(c) < 0;
    }

    private void skipSpace() {
        while (!done() && (peek() == ' ' || peek() == '\t')) {
            at++;
        }
    }

    private boolean take(char c) {
        if (done() || peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private char peek() {
        return text.charAt(at);
    }

    private boolean done() {
        return at == text.length();
    }
}
