package dev.tocsin.notifiers.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * The mail library's dialogue with one relay: greeting, what the relay offers, STARTTLS, replies, the lines of a mail. The
 * library alone would choose mechanisms and options itself, look names up and reset what failed; so it is led step by step,
 * and what fails is told in the words that operators know. Guarded by its own lock; meant for the thread of its delivery.
 */
final class MailTransport extends SMTPTransport {
    private static final String GREETING = "create SMTP client: ";
    private static final String HELLO = "send EHLO command: ";

    private final RelaySocket socket;
    private String step = GREETING;

    /**
     * Nothing is said yet.
     *
     * @param hello the name in EHLO
     */
    MailTransport(Session session, RelaySocket socket, String hello) {
        super(session, null);
        this.socket = socket;
        setLocalHost(hello);
    }

    /**
     * Waits for the greeting and says hello.
     *
     * @throws SmtpException if the relay has none, or refuses; the message says which
     */
    synchronized void greet() throws SmtpException {
        try {
            connect(socket);
        } catch (MessagingException e) {
            throw new SmtpException(step + reason(e));
        }
    }

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        step = HELLO;
        boolean known = super.ehlo(domain);
        if (getLastReturnCode() < 0) {
            throw new MessagingException(getLastServerResponse());
        }
        return known;
    }

    /**
     * Goes over to TLS and says hello again.
     *
     * @throws SmtpException if the relay refuses, or is not whom it should be; the message says which
     */
    synchronized void encrypt() throws SmtpException {
        step = "send STARTTLS command: ";
        try {
            startTLS();
            if (!ehlo(getLocalHost())) {
                helo(getLocalHost());
            }
        } catch (MessagingException e) {
            throw new SmtpException(step + reason(e));
        }
    }

    /** The ways to authenticate that the relay offers, in its order; empty if it does not ask. */
    synchronized List<String> mechanisms() {
        String offered = getExtensionParameter("AUTH");
        return offered == null ? List.of() : List.of(offered.split(" "));
    }

    /**
     * Sends a line and reads the reply.
     *
     * @throws SmtpException if there is none
     */
    synchronized Reply command(String line) throws SmtpException {
        try {
            return Reply.of(simpleCommand(line.getBytes(StandardCharsets.UTF_8)), getLastServerResponse());
        } catch (MessagingException e) {
            throw new SmtpException(reason(e));
        }
    }

    /**
     * Sends the lines of a mail and the one that ends it, and reads the reply. The library doubles dots.
     *
     * @param mail in ASCII
     */
    synchronized Reply content(String mail) throws IOException {
        BufferedOutputStream out = new BufferedOutputStream(socket.getOutputStream());
        SMTPOutputStream lines = new SMTPOutputStream(out);
        lines.write(mail.getBytes(StandardCharsets.US_ASCII));
        lines.ensureAtBOL();
        out.flush();
        return command(".");
    }

    /** Why the library gave up: the connection's words, or the relay's. */
    private String reason(MessagingException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return String.valueOf(cause.getMessage());
            }
            if (cause instanceof IllegalArgumentException) {
                return "smtp: A line must not contain CR or LF";
            }
        }
        try {
            return Reply.of(getLastReturnCode(), getLastServerResponse()).refusal();
        } catch (SmtpException nothing) {
            return String.valueOf(nothing.getMessage());
        }
    }
}
