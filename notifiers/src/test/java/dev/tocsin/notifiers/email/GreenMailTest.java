package dev.tocsin.notifiers.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.IntegrationHarness;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails that a server of others accepts, takes apart and keeps. */
class GreenMailTest {
    private static final String MAIL =
            "from: 'Alert Manager <am@example.org>', to: 'ops@example.org, \"Second, Person\""
                    + " <second@example.org>', send_resolved: true, text: '{{ .CommonAnnotations.summary }}', headers: {subject:"
                    + " 'Ünïcode {{ .CommonLabels.alertname }} ✓'}, threading: {enabled: true, thread_by_date: none}, ";

    private final IntegrationHarness harness = new IntegrationHarness();
    private final Notification notification = new CapturedAlerts().notification("firing");
    private final GreenMail server =
            new GreenMail(new ServerSetup[] {setup(ServerSetup.PROTOCOL_SMTP), setup(ServerSetup.PROTOCOL_SMTPS)});

    GreenMailTest() {
        server.setUser("ops@example.org", "user", "c4n4ry");
        server.setUser("second@example.org", "second", "other");
        server.start();
    }

    /** Its two seconds to start are too short for a busy machine. */
    private static ServerSetup setup(String protocol) {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(30_000);
        return setup;
    }

    @AfterEach
    void close() {
        harness.close();
        server.stop();
    }

    private Outcome send(String settings) throws Exception {
        String text = settings.replace("SMTPS", "" + server.getSmtps().getPort())
                .replace("SMTP", "" + server.getSmtp().getPort());
        return harness.build("email", MAIL + text).send(notification, IntegrationHarness.LATER);
    }

    private static Object part(MimeMessage mail, int number) throws Exception {
        return ((MimeMultipart) mail.getContent()).getBodyPart(number).getContent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smarthost: '127.0.0.1:SMTP', require_tls: false",
                "smarthost: '127.0.0.1:SMTP', require_tls: false, auth_username: user, auth_password: c4n4ry",
                "smarthost: '127.0.0.1:SMTPS', force_implicit_tls: true, tls_config: {insecure_skip_verify: true}",
                "smarthost: 'localhost:SMTPS', force_implicit_tls: true, tls_config: {insecure_skip_verify: true},"
                        + " auth_username: user, auth_password: c4n4ry"
            })
    void bothAlternativesEndInTheMailboxOfEachRecipient(String relay) throws Exception {
        assertThat(send(relay)).isInstanceOf(Outcome.Delivered.class);

        MimeMessage[] mails = server.getReceivedMessages();
        assertThat(mails).hasSize(2);
        for (MimeMessage mail : mails) {
            assertThat(mail.getSubject()).isEqualTo("Ünïcode HighLatency ✓");
            assertThat(mail.getHeader("From")).containsExactly("Alert Manager <am@example.org>");
            assertThat(mail.getMessageID()).isEqualTo("<key-7@example.org>");
            assertThat(mail.getHeader("In-Reply-To")).containsExactly("<alert-6c5c230a0460c591-@alertmanager>");
            assertThat(mail.getHeader("References")).containsExactly("<alert-6c5c230a0460c591-@alertmanager>");
            assertThat(mail.getSentDate()).isEqualTo(Date.from(IntegrationHarness.NOW));
            assertThat(mail.getContentType()).startsWith("multipart/alternative;");
            MimeMultipart parts = (MimeMultipart) mail.getContent();
            assertThat(parts.getCount()).isEqualTo(2);
            assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
            assertThat(part(mail, 0)).isEqualTo("Latency > 500ms & rising <b>\"fast\"</b>");
            assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
            assertThat(part(mail, 1).toString())
                    .contains("Latency &gt; 500ms &amp; rising &lt;b&gt;")
                    .contains("it&#39;s web-1 — p99 é😀")
                    .endsWith("</html>\r\n");
        }
    }

    @Test
    void aRefusedLoginNamesItsMechanismAndNotItsPassword() throws Exception {
        assertThat(send("smarthost: '127.0.0.1:SMTP', require_tls: false, auth_username: user, auth_password: wr0ng"))
                .isInstanceOfSatisfying(Outcome.Retryable.class, outcome -> {
                    assertThat(outcome.reason()).isEqualTo(FailureReason.OTHER);
                    assertThat(outcome.message())
                            .startsWith("*smtp.plainAuth auth: 535 ")
                            .doesNotContain("wr0ng");
                });
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aStrangerIsNotTold() throws Exception {
        assertThat(send("smarthost: 'localhost:SMTPS', force_implicit_tls: true"))
                .isEqualTo(new Outcome.Retryable(
                        FailureReason.OTHER,
                        "establish TLS connection to server: tls: failed to verify certificate: x509: certificate signed"
                                + " by unknown authority",
                        false,
                        true));
        assertThat(List.of(server.getReceivedMessages())).isEmpty();
    }
}
