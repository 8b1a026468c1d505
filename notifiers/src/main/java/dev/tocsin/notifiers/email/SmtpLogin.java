package dev.tocsin.notifiers.email;

import dev.tocsin.notifiers.http.auth.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The ways to say who one is (RFC 4954), chosen in the server's order. For one thread. */
final class SmtpLogin {
    private final EmailConfig.Relay relay;
    private final boolean encrypted;

    /** @param encrypted whether the connection is; else a password only goes to this very machine */
    SmtpLogin(EmailConfig.Relay relay, boolean encrypted) {
        this.relay = relay;
        this.encrypted = encrypted;
    }

    /**
     * Authenticates.
     *
     * @throws SmtpException if none of them works or the server refuses
     */
    void login(MailTransport transport) throws IOException {
        if (relay.username().isEmpty()) {
            return;
        }
        List<String> problems = new ArrayList<>();
        for (String mechanism : transport.mechanisms()) {
            String problem = attempt(transport, mechanism);
            if (problem.isEmpty()) {
                return;
            }
            problems.add(problem);
        }
        throw new SmtpException("find auth mechanism: " + String.join("\n", problems));
    }

    /** Empty after a success, else why the mechanism cannot be used. */
    private String attempt(MailTransport transport, String mechanism) throws IOException {
        boolean cram = mechanism.equals("CRAM-MD5");
        if (!cram && !mechanism.equals("PLAIN") && !mechanism.equals("LOGIN")) {
            return "unknown auth mechanism: " + mechanism;
        }
        String secret;
        try {
            secret = cram ? cramSecret() : Secrets.read(relay.password());
        } catch (IOException e) {
            return "could not read " + (cram ? relay.secret() : relay.password()).file() + ": " + e.getMessage();
        }
        if (secret.isEmpty()) {
            return "missing " + (cram ? "secret" : "password") + " for " + mechanism + " auth mechanism";
        }
        switch (mechanism) {
            case "CRAM-MD5" -> named("*smtp.cramMD5Auth auth: ", () -> cram(transport, secret));
            case "PLAIN" -> named("*smtp.plainAuth auth: ", () -> plain(transport, secret));
            default -> named("*email.loginAuth auth: ", () -> login(transport, secret));
        }
        return "";
    }

    /** Not stripped, unlike passwords: that is how Alertmanager has it. */
    private String cramSecret() throws IOException {
        return relay.secret().file().isEmpty()
                ? relay.secret().inline().reveal()
                : Secrets.whole(relay.secret().file());
    }

    /** One exchange. */
    private interface Exchange {
        void run() throws IOException;
    }

    private static void named(String before, Exchange exchange) throws IOException {
        try {
            exchange.run();
        } catch (SmtpException e) {
            throw new SmtpException(before + e.getMessage());
        }
    }

    private void plain(MailTransport transport, String password) throws IOException {
        if (!encrypted && !Set.of("localhost", "127.0.0.1", "::1").contains(relay.host())) {
            throw new SmtpException("unencrypted connection");
        }
        String response = relay.identity() + "\0" + relay.username() + "\0" + password;
        transport.command("AUTH PLAIN " + encode(response)).expect(235);
    }

    private void login(MailTransport transport, String password) throws IOException {
        Reply reply = transport.command("AUTH LOGIN");
        while (reply.code() == 334) {
            switch (decode(reply).toLowerCase(Locale.ROOT)) {
                case "username:" -> reply = transport.command(encode(relay.username()));
                case "password:" -> reply = transport.command(encode(password));
                default -> {
                    transport.command("*");
                    throw new SmtpException("unexpected server challenge");
                }
            }
        }
        reply.expect(235);
    }

    private void cram(MailTransport transport, String secret) throws IOException {
        String challenge = decode(transport.command("AUTH CRAM-MD5").expect(334));
        transport
                .command(encode(relay.username() + " " + hmac(secret, challenge)))
                .expect(235);
    }

    private static String hmac(String secret, String challenge) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
            return HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacMD5", e);
        }
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(Reply reply) throws SmtpException {
        try {
            return new String(Base64.getDecoder().decode(reply.lines().getFirst()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SmtpException("illegal base64 data");
        }
    }
}
