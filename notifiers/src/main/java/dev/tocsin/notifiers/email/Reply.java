package dev.tocsin.notifiers.email;

import dev.tocsin.core.label.GoQuote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a mail server answered.
 *
 * @param lines without the code, at least one
 */
record Reply(int code, List<String> lines) {
    private static final int CODE = 3;

    /** Copies the list. */
    Reply {
        lines = List.copyOf(lines);
    }

    /**
     * Takes over what the library read.
     *
     * @param code negative if that is no reply
     * @param text the lines with their codes, a byte in each character
     * @throws SmtpException if it is no reply
     */
    static Reply of(int code, String text) throws SmtpException {
        String read = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>(read.lines().map(String::strip).toList());
        String first = lines.isEmpty() ? "" : lines.getFirst();
        boolean numbered = first.length() >= CODE && first.chars().limit(CODE).allMatch(c -> c >= '0' && c <= '9');
        if (first.equals("[EOF]") || (code < 0 && numbered)) {
            throw new SmtpException("EOF");
        }
        if (!numbered) {
            throw new SmtpException("short response: " + first);
        }
        lines.replaceAll(line -> line.length() > CODE + 1 ? line.substring(CODE + 1) : "");
        return new Reply(code, lines);
    }

    /**
     * This reply.
     *
     * @param expected the code, or its first digits
     * @throws SmtpException if it has another one; the message is the reply
     */
    Reply expect(int expected) throws SmtpException {
        boolean fits =
                expected < 10 ? code / 100 == expected : expected < 100 ? code / 10 == expected : code == expected;
        if (!fits) {
            throw new SmtpException(refusal());
        }
        return this;
    }

    /** As Go prints a refusal. */
    String refusal() {
        return code + " " + GoQuote.quote(String.join("\n", lines));
    }

    @Override
    public String toString() {
        return code + " " + String.join("\n", lines);
    }
}
