package dev.tocsin.notifiers.email;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import dev.tocsin.notifiers.http.connection.Dialer;
import java.io.IOException;
import java.net.Socket;
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

    private final MailSession session;
    private final EmailConfig.Relay relay;
    private final Mail mail;
    private final Dialer dialer;
    private final ConnectionMetrics.Dialer counts;
    private final long millis;
    private volatile boolean connected;
    private volatile boolean handedOver;
    private volatile @Nullable Outcome outcome;

    /** @param millis how much time there is */
    SmtpDelivery(
            MailSession session,
            EmailConfig.Relay relay,
            Mail mail,
            Dialer dialer,
            ConnectionMetrics.Dialer counts,
            long millis) {
        this.session = session;
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
            int port = port();
            RelaySocket relaySocket =
                    new RelaySocket(socket, relay.host(), plain -> dialer.secure(plain, relay.host(), port));
            if (implicit) {
                relaySocket.secure();
            }
            connected = true;
            step = "";
            return converse(relaySocket, implicit);
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

    private String converse(RelaySocket socket, boolean implicit) throws IOException {
        MailTransport transport = new MailTransport(session.session(), socket, relay.hello());
        transport.greet();
        try {
            boolean encrypt = !implicit && Boolean.TRUE.equals(relay.requireTls());
            if (encrypt) {
                if (!transport.supportsExtension("STARTTLS")) {
                    throw new SmtpException("'require_tls' is true (default) but " + GoQuote.quote(relay.smarthost())
                            + " does not advertise the STARTTLS extension");
                }
                transport.encrypt();
            }
            return hand(transport, implicit || encrypt);
        } finally {
            quit(transport);
        }
    }

    private String hand(MailTransport transport, boolean encrypted) throws IOException {
        if (!transport.mechanisms().isEmpty()) {
            new SmtpLogin(relay, encrypted).login(transport);
        }
        String options = (transport.supportsExtension("8BITMIME") ? " BODY=8BITMIME" : "")
                + (transport.supportsExtension("SMTPUTF8") ? " SMTPUTF8" : "");
        step(
                "send MAIL command: ",
                () -> transport
                        .command("MAIL FROM:<" + mail.from() + ">" + options)
                        .expect(250));
        for (String recipient : mail.to()) {
            step(
                    "send RCPT command: ",
                    () -> transport.command("RCPT TO:<" + recipient + ">").expect(25));
        }
        step("send DATA command: ", () -> transport.command("DATA").expect(354));
        return step("delivery failure: ", () -> {
            handedOver = true;
            Reply reply = transport.content(mail.content());
            handedOver = false;
            return reply.expect(250).toString();
        });
    }

    /** The mail is accepted or not by now. */
    private static void quit(MailTransport transport) {
        try {
            transport.command("QUIT");
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
