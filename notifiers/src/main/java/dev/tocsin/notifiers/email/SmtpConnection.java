package dev.tocsin.notifiers.email;

import dev.tocsin.core.label.GoQuote;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lines to and from a server (RFC 5321). For one thread. */
final class SmtpConnection {
    private static final int MAX_REPLY = 64 << 10;

    private final InputStream in;
    private final OutputStream out;

    SmtpConnection(Socket socket) throws IOException {
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    /**
     * What a server answered.
     *
     * @param lines without the code, at least one
     */
    record Reply(int code, List<String> lines) {
        /** As Go prints a refusal. */
        String refusal() {
            return code + " " + GoQuote.quote(String.join("\n", lines));
        }

        @Override
        public String toString() {
            return code + " " + String.join("\n", lines);
        }
    }

    /** Sends a line and reads the reply. */
    Reply command(String line) throws IOException {
        if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
            throw new SmtpException("smtp: A line must not contain CR or LF");
        }
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return reply();
    }

    /**
     * Sends a line.
     *
     * @param expected the code, or its first digits
     * @throws SmtpException if another one came; the message is the reply
     */
    Reply command(String line, int expected) throws IOException {
        return expect(command(line), expected);
    }

    /** Sends the lines of a mail and the line that ends it; dots at the beginning of lines are doubled. */
    void content(String mail) throws IOException {
        String escaped = (mail.startsWith(".") ? "." : "") + mail.replace("\r\n.", "\r\n..");
        out.write(escaped.getBytes(StandardCharsets.UTF_8));
        out.write((escaped.endsWith("\r\n") ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    static Reply expect(Reply reply, int expected) throws SmtpException {
        int code = reply.code();
        boolean fits =
                expected < 10 ? code / 100 == expected : expected < 100 ? code / 10 == expected : code == expected;
        if (!fits) {
            throw new SmtpException(reply.refusal());
        }
        return reply;
    }

    Reply reply() throws IOException {
        List<String> lines = new ArrayList<>();
        int size = 0;
        while (true) {
            String line = line();
            size += line.length();
            if (size > MAX_REPLY) {
                throw new SmtpException("too long a reply");
            }
            if (line.length() < 3 || !line.substring(0, 3).chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new SmtpException("short response: " + line);
            }
            lines.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() == 3 || line.charAt(3) != '-') {
                return new Reply(Integer.parseInt(line.substring(0, 3)), List.copyOf(lines));
            }
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new SmtpException("EOF");
            }
            if (line.size() == MAX_REPLY) {
                throw new SmtpException("too long a reply");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }
}
