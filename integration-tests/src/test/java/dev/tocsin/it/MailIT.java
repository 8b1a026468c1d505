package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.it.support.MailServer;
import dev.tocsin.it.support.MailServer.Port;
import dev.tocsin.it.support.Node;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a posted alert to a mail in the mailbox of a real server, by every way to be let in. */
class MailIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final String ALERT = """
            [{"labels":{"alertname":"Disk","instance":"db-1"},"annotations":{"summary":"95 %% <full>, größer"},
              "startsAt":"2026-01-02T03:04:05Z"%s}]""";

    @TempDir
    private Path folder;

    private static String config(MailServer server, String password) {
        StringBuilder mails = new StringBuilder();
        for (Port port : Port.values()) {
            mails.append("""
                      - to: %s@example.org
                        smarthost: localhost:%d
                        send_resolved: true
                        text: '{{ .CommonAnnotations.summary }}'
                        headers: {Subject: '{{ .Status }}: {{ .CommonLabels.alertname }} größer'}
                        threading: {enabled: true, thread_by_date: none}
                        tls_config: {ca_file: %s}
                        require_tls: %s
                        force_implicit_tls: %s
                        auth_username: %s
                        %s: %s
                    """.formatted(
                            port.name().toLowerCase(Locale.ROOT),
                            server.port(port),
                            server.authority(),
                            port != Port.OPEN,
                            port == Port.CRAM,
                            MailServer.USER,
                            port == Port.CRAM ? "auth_secret" : "auth_password",
                            password));
        }
        return """
                global: {smtp_from: 'Tocsin <tocsin@example.org>', smtp_hello: am.example.org}
                route: {receiver: mail, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
                receivers:
                  - name: mail
                    email_configs:
                """ + mails.toString().indent(2);
    }

    private static List<MimeMessage> to(MailServer server, Port port, String subject) throws Exception {
        List<MimeMessage> found = new ArrayList<>();
        for (MimeMessage mail : server.mails()) {
            String to = mail.getHeader("To", null);
            if (to.equalsIgnoreCase(port + "@example.org") && mail.getSubject().equals(subject)) {
                found.add(mail);
            }
        }
        return found;
    }

    @Test
    void aMailEndsInARealMailbox() throws Exception {
        try (MailServer server = new MailServer(folder.resolve("exim"));
                Node node = Node.tocsin(folder.resolve("node"), config(server, MailServer.PASSWORD))) {
            node.api().postAlerts(ALERT.formatted(""));
            await().atMost(PATIENCE).until(() -> server.mails().size() >= 4);
            node.api().postAlerts(ALERT.formatted(",\"endsAt\":\"2026-01-02T03:05:00Z\""));
            await().atMost(PATIENCE).until(() -> server.mails().size() >= 8);

            assertThat(server.mails()).hasSize(8);
            Set<String> ids = new HashSet<>();
            Set<String> threads = new HashSet<>();
            for (Port port : Port.values()) {
                for (String status : List.of("firing", "resolved")) {
                    List<MimeMessage> mails = to(server, port, status + ": Disk größer");
                    assertThat(mails).hasSize(1);
                    MimeMessage mail = mails.getFirst();
                    check(mail, port);
                    ids.add(mail.getMessageID());
                    threads.add(mail.getHeader("References", null));
                }
            }
            assertThat(ids).hasSize(8);
            assertThat(threads).hasSize(1);
        }
    }

    private static void check(MimeMessage mail, Port port) throws Exception {
        assertThat(mail.getHeader("From", null)).isEqualTo("Tocsin <tocsin@example.org>");
        assertThat(mail.getHeader("Envelope-to", null)).isEqualToIgnoringCase(port + "@example.org");
        assertThat(mail.getHeader("Return-path", null)).isIn(null, "<tocsin@example.org>");
        assertThat(mail.getHeader("Received", null))
                .contains("am.example.org")
                .contains(port == Port.OPEN ? "with utf8esmtp " : "with utf8esmtpsa ");
        assertThat(mail.getMessageID()).endsWith("@example.org>");
        assertThat(mail.getSentDate()).isNotNull();
        assertThat(mail.getContentType()).startsWith("multipart/alternative;");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        BodyPart text = parts.getBodyPart(0);
        assertThat(text.getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(text.getContent()).isEqualTo("95 % <full>, größer");
        BodyPart html = parts.getBodyPart(1);
        assertThat(html.getContentType()).isEqualTo("text/html; charset=UTF-8");
        assertThat(html.getContent().toString())
                .contains("95 % &lt;full&gt;, größer")
                .contains("db-1");
        assertThat(text.getDisposition()).isNull();
        assertThat(html.getDisposition()).isNull();
    }

    @Test
    void aWrongPasswordIsToldAndNotShown() {
        try (MailServer server = new MailServer(folder.resolve("exim"));
                Node node = Node.tocsin(folder.resolve("node"), config(server, "wr0ng"))) {
            node.api().postAlerts(ALERT.formatted(""));
            node.api()
                    .awaitMetric(
                            "alertmanager_notifications_failed_total{integration=\"email\",reason=\"other\"}",
                            3,
                            PATIENCE);

            assertThat(server.mails()).hasSize(1);
            assertThat(node.process().errors())
                    .contains("*smtp.plainAuth auth: 535 ")
                    .contains("*email.loginAuth auth: 535 ")
                    .contains("*smtp.cramMD5Auth auth: 535 ")
                    .doesNotContain("wr0ng");
        }
    }
}
