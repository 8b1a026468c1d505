package dev.tocsin.notifiers.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.fixture.JsonResource;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.IntegrationHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailNotifierTest {
    private static final String FROM = "from: 'Alert Manager <am@example.org>', send_resolved: true, ";
    private static final String PLAIN = FROM + "to: ops@example.org, require_tls: false, html: '', text: t, ";
    private static final List<String> ACCEPTING = List.of(
            "S: 220 sink",
            "C:  ehlo",
            "S: 250 sink",
            "C:  mail",
            "S: 250 ok",
            "C:  rcpt",
            "S: 250 ok",
            "C:  data",
            "S: 354 go",
            "S: 250 queued",
            "C:  quit",
            "S: 221 bye");

    private final IntegrationHarness harness = new IntegrationHarness();
    private final Notification notification = new CapturedAlerts().notification("firing");

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        harness.close();
    }

    private Outcome send(String settings, ScriptedMailServer server) throws Exception {
        return send(settings, server, notification);
    }

    private Outcome send(String settings, ScriptedMailServer server, Notification told) throws Exception {
        String written = settings.replace("PORT", Integer.toString(server.port()));
        return harness.build("email", written).send(told, IntegrationHarness.LATER);
    }

    private static String variant(String name) {
        return switch (name) {
            case "email" ->
                FROM + "to: 'ops@example.org, \"Second, Person\" <second@example.org>', smarthost: '127.0.0.1:PORT',"
                        + " require_tls: false";
            case "email-starttls-login-textonly-thread" ->
                FROM + "to: ops@example.org, smarthost: 'localhost:PORT', require_tls: true, tls_config:"
                        + " {insecure_skip_verify: true}, auth_username: user1, auth_password: pass1, hello:"
                        + " am.example.org, text: '{{ template \"__text_alert_list\" .Alerts }}', html: '', threading:"
                        + " {enabled: true, thread_by_date: none}, headers: {subject: 'Ünïcode"
                        + " {{ .CommonLabels.alertname }}', reply-to: r@example.org, X-Prio: '1'}";
            default ->
                FROM + "to: ops@example.org, smarthost: '127.0.0.1:PORT', force_implicit_tls: true, tls_config:"
                        + " {insecure_skip_verify: true}, auth_username: user1, auth_secret: cramsecret, auth_password:"
                        + " pass1, html: '<b>{{ .Status }}</b>', text: 'plain {{ .CommonAnnotations.summary }}',"
                        + " threading: {enabled: true, thread_by_date: daily}";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "email, firing-first",
        "email, firing",
        "email, resolved",
        "email-starttls-login-textonly-thread, firing-first",
        "email-starttls-login-textonly-thread, firing",
        "email-starttls-login-textonly-thread, resolved",
        "email-implicittls-crammd5-thread-daily, firing-first",
        "email-implicittls-crammd5-thread-daily, firing",
        "email-implicittls-crammd5-thread-daily, resolved"
    })
    void saysAndSendsWhatAlertmanagerDoes(String variant, String phase) throws Exception {
        Map<?, ?> recorded = (Map<?, ?>) ((List<?>) Objects.requireNonNull(new JsonResource(
                                EmailNotifierTest.class,
                                "/dev/tocsin/notifiers/recorded/" + variant + "." + phase + ".json")
                        .objects()
                        .getFirst()
                        .get("requests")))
                .getFirst();
        List<String> session = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(recorded.get("session"))).forEach(line -> session.add(String.valueOf(line)));
        if (variant.contains("implicit")) {
            session.addFirst("** TLS");
        }
        try (ScriptedMailServer server = new ScriptedMailServer(session)) {
            assertThat(send(variant(variant), server, new CapturedAlerts().notification(phase)))
                    .isEqualTo(new Outcome.Delivered("250 queued", Map.of()));

            assertThat(server.session()).isEqualTo(session);
            assertThat(comparable(server.data())).isEqualTo(comparable(String.valueOf(recorded.get("data"))));
            assertThat(server.data())
                    .contains("Message-Id: <key-7@example.org>\r\n")
                    .contains("Date: Fri, 02 Jan 2026 ");
        }
    }

    /** Headers have no order; ids, dates and the design of the HTML are our own. */
    private static String comparable(String data) {
        String mail = data.replaceAll("boundary=([0-9a-f]{60})", "boundary=B")
                .replaceAll("--[0-9a-f]{60}", "--B")
                .replaceAll("Message-Id: .*", "Message-Id: M")
                .replaceAll("Date: .*", "Date: D")
                .replaceAll("-\\d{4}-\\d\\d-\\d\\d@", "-DAY@")
                .replaceAll("(?s)(text/html; charset=UTF-8\r\n\r\n).*?\r\n--B--", "$1HTML\r\n--B--");
        int end = mail.indexOf("\r\n\r\n");
        List<String> headers = new ArrayList<>(List.of(mail.substring(0, end).split("\r\n")));
        headers.sort(null);
        return String.join("\n", headers) + mail.substring(end);
    }

    @Test
    void doublesDotsAndEncodesWhatIsLongOrBroken() throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(ACCEPTING)) {
            send(
                    FROM + "to: ops@example.org, smarthost: '127.0.0.1:PORT', require_tls: false, html: '', text:"
                            + " \"a .dot\\n.\\n..x\", headers: {Subject: \"two\\nlines\"}",
                    server);

            assertThat(server.data())
                    .contains("Subject: =?utf-8?q?two=0Alines?=\r\n")
                    .contains("\r\n\r\na .dot\r\n..\r\n...x\r\n--")
                    .endsWith("--\r\n.\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            from: 'not an address' | parse 'from' addresses: mail: no angle-addr
            from: 'a@b.c, d@e.f' | must be exactly one 'from' address (got: 2)
            from: a@b.c, html: '{{ .Nope }}' | execute html template: template: :1:3: executing "" at <.Nope>: can't evaluate field Nope in type *template.Data
            from: a@b.c, headers: {Subject: '{{ .Nope }}'} | execute "Subject" header template: template: :1:3: executing "" at <.Nope>: can't evaluate field Nope in type *template.Data
            """)
    void aMailThatCannotBeMadeIsNotTriedAgain(String settings, String message) throws Exception {
        assertThat(harness.build("email", "to: x@y.z, smarthost: '127.0.0.1:1', " + settings)
                        .send(notification, IntegrationHarness.LATER))
                .isEqualTo(new Outcome.Permanent(FailureReason.OTHER, message));
    }

    @Test
    void insistsOnTls() throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(ACCEPTING)) {
            Outcome outcome = send(PLAIN.replace("false", "true") + "smarthost: '127.0.0.1:PORT'", server);

            assertThat(outcome)
                    .isEqualTo(retryable("'require_tls' is true (default) but \"127.0.0.1:" + server.port()
                            + "\" does not advertise the STARTTLS extension"));
        }
    }

    @Test
    void doesNotBelieveAStranger() throws Exception {
        List<String> script = List.of(
                "S: 220 sink", "C:  ehlo", "S: 250-sink", "S: 250 STARTTLS", "C:  starttls", "S: 220 go", "** TLS");
        try (ScriptedMailServer server = new ScriptedMailServer(script)) {
            assertThat(send(PLAIN.replace("false", "true") + "smarthost: 'localhost:PORT'", server))
                    .isEqualTo(retryable("send STARTTLS command: tls: failed to verify certificate: x509: certificate"
                            + " signed by unknown authority"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PLAIN | auth_password: c4n4ry | 235 ok | `` | AUTH PLAIN AHUAYzRuNHJ5
            PLAIN | auth_password: c4n4ry | 535 5.7.8 no | *smtp.plainAuth auth: 535 "5.7.8 no" | AUTH PLAIN AHUAYzRuNHJ5
            LOGIN | auth_password: c4n4ry | 334 eHg= | *email.loginAuth auth: unexpected server challenge | AUTH LOGIN
            LOGIN | auth_password: c4n4ry | 535 no | *email.loginAuth auth: 535 "no" | AUTH LOGIN
            CRAM-MD5 | auth_secret: c4n4ry | 535 no | *smtp.cramMD5Auth auth: 535 "no" | AUTH CRAM-MD5
            PLAIN | auth_secret: c4n4ry | | find auth mechanism: missing password for PLAIN auth mechanism |
            PLAIN | auth_password_file: /nowhere | | `find auth mechanism: could not read /nowhere: open /nowhere: no such file` |
            XOAUTH2 CRAM-MD5 | auth_password: c4n4ry | | `find auth mechanism: unknown auth mechanism: XOAUTH2` |
            """)
    void authenticates(String mechanisms, String secret, String answer, String message, String said) throws Exception {
        List<String> script =
                new ArrayList<>(List.of("S: 220 sink", "C:  ehlo", "S: 250-s", "S: 250 AUTH " + mechanisms));
        if (answer != null) {
            script.addAll(List.of("C:  auth", "S: " + answer));
        }
        script.addAll(ACCEPTING.subList(3, ACCEPTING.size()));
        try (ScriptedMailServer server = new ScriptedMailServer(script)) {
            Outcome outcome = send(PLAIN + "smarthost: '127.0.0.1:PORT', auth_username: u, " + secret, server);

            if (message.isEmpty()) {
                assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
            } else {
                assertThat(((Outcome.Retryable) outcome).message()).startsWith(message);
            }
            assertThat(outcome.toString()).doesNotContain("c4n4ry").doesNotContain("AHUAYzRuNHJ5");
            if (said != null) {
                assertThat(server.session()).contains("C: " + said);
            }
        }
    }

    @Test
    void readsThePasswordForEveryMail() throws Exception {
        Path password = folder.resolve("password");
        List<String> script =
                new ArrayList<>(List.of("S: 220 s", "C:  ehlo", "S: 250-s", "S: 250 AUTH PLAIN", "C:  a"));
        script.add("S: 235 ok");
        script.addAll(ACCEPTING.subList(3, ACCEPTING.size()));
        String settings =
                PLAIN + "smarthost: '127.0.0.1:PORT', auth_username: u, auth_password_file: '" + password + "'";
        try (ScriptedMailServer server = new ScriptedMailServer(ACCEPTING)) {
            send(settings, server); // the server does not ask
        }
        Files.writeString(password, " new \n");
        try (ScriptedMailServer server = new ScriptedMailServer(script)) {
            assertThat(send(settings, server)).isInstanceOf(Outcome.Delivered.class);
            assertThat(server.session()).contains("C: AUTH PLAIN AHUAbmV3");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0 | 554 no | create SMTP client: 554 "no"
            4 | 451 no | send MAIL command: 451 "no"
            6 | 550 no such user | send RCPT command: 550 "no such user"
            8 | 552 no | send DATA command: 552 "no"
            9 | 554 spam | delivery failure: 554 "spam"
            """)
    void namesTheStepThatWasRefusedAndTriesAgain(int step, String answer, String message) throws Exception {
        List<String> script = new ArrayList<>(ACCEPTING.subList(0, step));
        script.add("S: " + answer);
        script.addAll(List.of("C:  quit", "S: 221 bye"));
        try (ScriptedMailServer server = new ScriptedMailServer(script)) {
            assertThat(send(PLAIN + "smarthost: '127.0.0.1:PORT'", server)).isEqualTo(retryable(message));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SSH-2.0-OpenSSH_9.2 | create SMTP client: short response: SSH-2.0-OpenSSH_9.2
            25 | create SMTP client: short response: 25
            554-go away{N}S: 554 now | create SMTP client: 554 "go away\\nnow"
            554 plötzlich | create SMTP client: 554 "plötzlich"
            220 sink{N}C:  ehlo{N}S: HTTP/1.1 400 | send EHLO command: short response: HTTP/1.1 400
            220 sink{N}C:  ehlo{N}S: 250-sink | send EHLO command: EOF
            220 sink{N}C:  ehlo{N}S: 500 what{N}C:  helo{N}S: 502 no | send EHLO command: 502 "no"
            220 sink{N}C:  ehlo{N}S: 250 sink{N}C:  mail{N}S: nonsense | send MAIL command: short response: nonsense
            """)
    void doesNotTakeNonsenseForAnAnswer(String said, String message) throws Exception {
        List<String> script = List.of(("S: " + said).split("\\{N}"));
        try (ScriptedMailServer server = new ScriptedMailServer(script)) {
            assertThat(send(PLAIN + "smarthost: '127.0.0.1:PORT'", server)).isEqualTo(retryable(message));
        }
    }

    @ParameterizedTest
    @CsvSource({"'S: 220 '", "'S: 220-'"})
    void endsAReplyThatHasNoEnd(String code) throws Exception {
        List<String> script = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            script.add(code.replace("220 ", "220-") + "x".repeat(1024));
        }
        try (ScriptedMailServer server = new ScriptedMailServer(script)) {
            assertThat(send(PLAIN + "smarthost: '127.0.0.1:PORT'", server))
                    .isEqualTo(retryable("create SMTP client: too long a reply"));
        }
    }

    @Test
    void speaksToAnOldServer() throws Exception {
        List<String> script = new ArrayList<>(List.of("S: 220 sink", "C:  ehlo", "S: 502 what", "C:  helo"));
        script.addAll(ACCEPTING.subList(2, ACCEPTING.size()));
        try (ScriptedMailServer server = new ScriptedMailServer(script)) {
            assertThat(send(PLAIN + "smarthost: '127.0.0.1:PORT', hello: me", server))
                    .isInstanceOf(Outcome.Delivered.class);
            assertThat(server.session())
                    .contains("C: EHLO me", "C: HELO me", "C: MAIL FROM:<am@example.org>", "C: QUIT");
        }
    }

    @Test
    void forgetsWhatWasSlippedInBeforeTls() throws Exception {
        List<String> script = new ArrayList<>(List.of("S: 220 sink", "C:  ehlo", "S: 250-s", "S: 250 STARTTLS"));
        script.addAll(List.of("C:  starttls", "S: 220 go\r\n250-slipped\r\n250 AUTH LOGIN", "** TLS", "C:  ehlo"));
        script.addAll(ACCEPTING.subList(2, ACCEPTING.size()));
        try (ScriptedMailServer server = new ScriptedMailServer(script)) {
            String settings = PLAIN.replace("false", "true") + "smarthost: 'localhost:PORT', auth_username: u,"
                    + " auth_password: c4n4ry, tls_config: {insecure_skip_verify: true}";
            assertThat(send(settings, server)).isInstanceOf(Outcome.Delivered.class);
            assertThat(server.session()).doesNotContain("C: AUTH LOGIN");
        }
    }

    @Test
    void offersWhatTheServerTakesAndWritesAddressesInUtf8() throws Exception {
        List<String> script = new ArrayList<>(
                List.of("S: 220 sink", "C:  ehlo", "S: 250-sink", "S: 250-SMTPUTF8", "S: 250 8BITMIME"));
        script.addAll(ACCEPTING.subList(3, ACCEPTING.size()));
        try (ScriptedMailServer server = new ScriptedMailServer(script)) {
            assertThat(send(PLAIN.replace("ops@", "öps@") + "smarthost: '127.0.0.1:PORT'", server))
                    .isInstanceOf(Outcome.Delivered.class);
            assertThat(server.session())
                    .contains("C: MAIL FROM:<am@example.org> BODY=8BITMIME SMTPUTF8", "C: RCPT TO:<öps@example.org>");
        }
    }

    @Test
    void noSettingSlipsACommandIn() throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(List.of("S: 220 sink", "C:  ehlo"))) {
            assertThat(send(PLAIN + "smarthost: '127.0.0.1:PORT', hello: \"a\\r\\nRSET\"", server))
                    .isEqualTo(retryable("send EHLO command: smtp: A line must not contain CR or LF"));
        }
    }

    @Test
    void aMailWithoutAnAnswerMayBeAccepted() throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(ACCEPTING.subList(0, 9))) {
            assertThat(send(PLAIN + "smarthost: '127.0.0.1:PORT'", server))
                    .isInstanceOfSatisfying(Outcome.Retryable.class, outcome -> {
                        assertThat(outcome.message()).startsWith("delivery failure: ");
                        assertThat(outcome.maybeAccepted()).isTrue();
                    });
        }
    }

    @Test
    void endsAtTheDeadline() throws Exception {
        List<String> silent = List.of("S: 220 sink", "C:  ehlo", "C:  never");
        try (ScriptedMailServer server = new ScriptedMailServer(silent)) {
            String settings = (PLAIN + "smarthost: '127.0.0.1:PORT'").replace("PORT", "" + server.port());

            assertThat(harness.build("email", settings).send(notification, IntegrationHarness.NOW.plusMillis(150)))
                    .isEqualTo(new Outcome.Retryable(
                            FailureReason.CONTEXT_DEADLINE_EXCEEDED, "context deadline exceeded", false, false));
        }
    }

    @Test
    void anUnreachableServerMightBeReachableFromElsewhere() throws Exception {
        assertThat(harness.build("email", PLAIN + "smarthost: '127.0.0.1:1'")
                        .send(notification, IntegrationHarness.LATER))
                .isEqualTo(new Outcome.Retryable(
                        FailureReason.OTHER,
                        "establish connection to server: dial tcp 127.0.0.1:1: connect: connection refused",
                        false,
                        true));
    }

    private static Outcome retryable(String message) {
        return new Outcome.Retryable(FailureReason.OTHER, message, false, false);
    }
}
