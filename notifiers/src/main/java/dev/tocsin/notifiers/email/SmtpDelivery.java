package dev.tocsin.notifiers.email;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.http.ConnectionMetrics;
import dev.tocsin.notifiers.http.Dialer;
import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One dialogue from the connection to the end. Runs on a virtual thread of its own, whose interruption closes the socket
 * whatever it waits for; the fields may be read from any thread.
 */
final class SmtpDelivery implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(SmtpDelivery.class);

    private final EmailConfig.Relay relay;
    private final Mail mail;
    private final Dialer dialer;
    private final ConnectionMetrics.Dialer counts;
    private final long millis;
    private volatile boolean connected;
    private volatile boolean handedOver;
    private volatile @Nullable Outcome outcome;

    /** @param millis how much time there is */
    SmtpDelivery(EmailConfig.Relay relay, Mail mail, Dialer dialer, ConnectionMetrics.Dialer counts, long millis) {
        this.relay = relay;
        this.mail = mail;
        this.dialer = dialer;
        this.counts = counts;
        this.millis = millis;
    }

    /** What came of it; null as long as it runs. */
    @Nullable Outcome outcome() {
        return outcome;
    }

    /** What came of it if its time ended now. */
    Outcome expired() {
        return new Outcome.Retryable(
                FailureReason.CONTEXT_DEADLINE_EXCEEDED, "context deadline exceeded", handedOver, !connected);
    }

    @Override
    public void run() {
        try {
            outcome = new Outcome.Delivered(deliver(), Map.of());
        } catch (IOException e) {
            outcome = failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            outcome = failed("context canceled");
        } catch (RuntimeException e) {
            log.atError().addKeyValue("component", "notifiers").setCause(e).log("A mail failed unexpectedly");
            outcome = failed("internal error: " + e.getClass().getSimpleName());
        }
    }

    private Outcome failed(String message) {
        return new Outcome.Retryable(FailureReason.OTHER, message, handedOver, !connected);
    }

    private String deliver() throws IOException, InterruptedException {
        boolean implicit = relay.implicitTls();
        String step = implicit ? "establish TLS connection to server: " : "establish connection to server: ";
        Socket socket = null;
        try {
            socket = dialer.open(relay.host(), port(), counts, millis);
            Socket first = implicit ? dialer.secure(socket, relay.host(), port()) : socket;
            connected = true;
            step = "";
            return converse(socket, first, implicit);
        } catch (SmtpException e) {
            throw e;
        } catch (IOException e) {
            throw new SmtpException(step + e.getMessage());
        } finally {
            if (socket != null) {
                close(socket);
            }
        }
    }

    private int port() throws SmtpException {
        return switch (relay.port()) {
            case "smtp" -> 25;
            case "smtps", "submissions" -> 465;
            case "submission" -> 587;
            default -> {
                try {
                    yield Integer.parseInt(relay.port());
                } catch (NumberFormatException e) {
                    throw new SmtpException("dial tcp: lookup tcp/" + relay.port() + ": unknown port");
                }
            }
        };
    }

    private void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing to be done: the connection is given up.
        }
        counts.closed();
    }

    private String converse(Socket plain, Socket first, boolean implicit) throws IOException {
        SmtpConnection connection = new SmtpConnection(first);
        boolean encrypted = implicit;
        step("create SMTP client: ", () -> SmtpConnection.expect(connection.reply(), 220));
        SmtpConnection current = connection;
        Map<String, String> offers = hello(current);
        if (!implicit && Boolean.TRUE.equals(relay.requireTls())) {
            if (!offers.containsKey("STARTTLS")) {
                quit(current);
                throw new SmtpException("'require_tls' is true (default) but " + GoQuote.quote(relay.smarthost())
                        + " does not advertise the STARTTLS extension");
            }
            current = step("send STARTTLS command: ", () -> {
                connection.command("STARTTLS", 220);
                return new SmtpConnection(dialer.secure(plain, relay.host(), port()));
            });
            offers = hello(current);
            encrypted = true;
        }
        try {
            return hand(current, offers, encrypted);
        } finally {
            quit(current);
        }
    }

    private String hand(SmtpConnection connection, Map<String, String> offers, boolean encrypted) throws IOException {
        if (offers.containsKey("AUTH")) {
            List<String> mechanisms = List.of(offers.getOrDefault("AUTH", "").split(" "));
            new SmtpLogin(relay, encrypted).login(connection, mechanisms);
        }
        String options = (offers.containsKey("8BITMIME") ? " BODY=8BITMIME" : "")
                + (offers.containsKey("SMTPUTF8") ? " SMTPUTF8" : "");
        step("send MAIL command: ", () -> connection.command("MAIL FROM:<" + mail.from() + ">" + options, 250));
        for (String recipient : mail.to()) {
            step("send RCPT command: ", () -> connection.command("RCPT TO:<" + recipient + ">", 25));
        }
        step("send DATA command: ", () -> connection.command("DATA", 354));
        return step("delivery failure: ", () -> {
            handedOver = true;
            connection.content(mail.content());
            SmtpConnection.Reply reply = connection.reply();
            handedOver = false;
            return SmtpConnection.expect(reply, 250).toString();
        });
    }

    /** What the server offers: word in upper case to its arguments. An old server only knows HELO and offers nothing. */
    private Map<String, String> hello(SmtpConnection connection) throws IOException {
        return step("send EHLO command: ", () -> {
            SmtpConnection.Reply reply = connection.command("EHLO " + relay.hello());
            Map<String, String> offers = new HashMap<>();
            if (reply.code() != 250) {
                connection.command("HELO " + relay.hello(), 250);
                return offers;
            }
            for (String line : reply.lines().subList(1, reply.lines().size())) {
                int space = line.indexOf(' ');
                String word = space < 0 ? line : line.substring(0, space);
                offers.put(word.toUpperCase(Locale.ROOT), space < 0 ? "" : line.substring(space + 1));
            }
            return offers;
        });
    }

    /** The mail is accepted or not by now. */
    private static void quit(SmtpConnection connection) {
        try {
            connection.command("QUIT");
        } catch (IOException e) {
            log.atDebug().addKeyValue("err", e.getMessage()).log("A mail server did not say goodbye");
        }
    }

    /** A part of the dialogue. */
    private interface Step<T> {
        T run() throws IOException;
    }

    private static <T> T step(String before, Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (IOException e) {
            throw new SmtpException(before + e.getMessage());
        }
    }
}
