package dev.tocsin.notifiers.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.notify.ReceiverValue;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.IntegrationHarness;
import dev.tocsin.notifiers.http.RecordedRequest;
import dev.tocsin.notifiers.http.RecordingServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackNotifierTest {
    private static final String ACCEPTED = "{\"ok\":true,\"ts\":\"17.01\",\"channel\":\"C1\"}";
    private static final Map<String, ReceiverValue> MESSAGE =
            Map.of("threadTs", new ReceiverValue.Text("17.01"), "channelId", new ReceiverValue.Text("C1"));

    private final IntegrationHarness harness = new IntegrationHarness();
    private final CapturedAlerts alerts = new CapturedAlerts();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void remembersItsMessageAndUpdatesIt() throws Exception {
        Notifier slack = updating();
        harness.server.then(json(ACCEPTED)).then(json(ACCEPTED));

        Outcome first = slack.send(alerts.notification("firing-first"), IntegrationHarness.LATER);
        Outcome second = slack.send(alerts.notification("resolved", MESSAGE), IntegrationHarness.LATER);

        assertThat(first)
                .isEqualTo(new Outcome.Delivered("200: " + ACCEPTED, MESSAGE))
                .isEqualTo(second);
        assertThat(harness.server.take()).satisfies(request -> {
            assertThat(request.line()).startsWith("POST /api/chat.postMessage ");
            assertThat(request.body()).startsWith("{\"channel\":\"#c\",\"username\"");
        });
        assertThat(harness.server.take()).satisfies(request -> {
            assertThat(request.line()).startsWith("POST /api/chat.update ");
            assertThat(request.body()).startsWith("{\"channel\":\"C1\",\"ts\":\"17.01\",\"username\"");
        });
    }

    @Test
    void anAnswerThatDoesNotNameTheMessageKeepsIt() throws Exception {
        harness.server.then(json("{\"ok\":true}"));

        assertThat(updating().send(alerts.notification("firing", MESSAGE), IntegrationHarness.LATER))
                .isEqualTo(new Outcome.Delivered("200: {\"ok\":true}", MESSAGE));
    }

    @Test
    void aGroupThatBeginsAnewGetsANewMessage() throws Exception {
        harness.server.then(json(ACCEPTED));

        updating().send(alerts.notification("reopen", MESSAGE), IntegrationHarness.LATER);

        assertThat(harness.server.take().line()).startsWith("POST /api/chat.postMessage ");
    }

    @Test
    void remembersNothingUnlessItUpdates() throws Exception {
        harness.server.then(json(ACCEPTED));

        Outcome outcome = harness.build("slack", "api_url: 'http://SINK/'")
                .send(alerts.notification("firing", MESSAGE), IntegrationHarness.LATER);

        assertThat(outcome).isEqualTo(new Outcome.Delivered("200: " + ACCEPTED, Map.of()));
        assertThat(harness.server.take().body()).doesNotContain("\"ts\"");
    }

    @Test
    void theConfiguredChannelStandsInErrorsOfUpdates() throws Exception {
        harness.server.then(json("{\"ok\":false,\"error\":\"message_not_found\"}"));

        assertThat(updating().send(alerts.notification("firing", MESSAGE), IntegrationHarness.LATER))
                .isEqualTo(new Outcome.Permanent(
                        FailureReason.CLIENT_ERROR, "channel \"#c\": error response from Slack: message_not_found"));
    }

    @Test
    void readsTheTokenOfAnAppForEachMessage(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "old\n");
        Notifier slack = harness.build("slack", "app_token_file: '" + token + "', app_url: 'http://SINK/app'");
        harness.server.then(json(ACCEPTED)).then(json(ACCEPTED));

        slack.send(alerts.notification("firing"), IntegrationHarness.LATER);
        Files.writeString(token, "new\n");
        slack.send(alerts.notification("firing"), IntegrationHarness.LATER);

        assertThat(harness.server.take().header("Authorization")).isEqualTo("Bearer old");
        RecordedRequest second = harness.server.take();
        assertThat(second.header("Authorization")).isEqualTo("Bearer new");
        assertThat(second.line()).isEqualTo("POST /app HTTP/1.1");
    }

    /** As Alertmanager has it, although nothing can come of it. */
    @Test
    void basicAuthenticationHidesTheTokenOfAnApp() throws Exception {
        harness.server.then(json(ACCEPTED));

        harness.build(
                        "slack",
                        "app_token: t, app_url: 'http://SINK/', http_config: {basic_auth: {username: u, password: p}}")
                .send(alerts.notification("firing"), IntegrationHarness.LATER);

        assertThat(harness.server.take().headers())
                .filteredOn(header -> header.startsWith("Authorization"))
                .containsExactly("Authorization: Basic dTpw");
    }

    @Test
    void theOwnTimeoutIsNamed() throws Exception {
        harness.server.then(harness.server.hangAfter(""));

        assertThat(harness.build("slack", "api_url: 'http://SINK/', timeout: 150ms")
                        .send(alerts.notification("firing"), IntegrationHarness.LATER))
                .isEqualTo(new Outcome.Retryable(
                        FailureReason.OTHER,
                        "Post \"<redacted>\": configured slack timeout reached (150ms)",
                        true,
                        false));
    }

    private Notifier updating() throws Exception {
        return harness.build(
                "slack",
                "api_url: 'http://SINK/api/chat.postMessage', update_message: true, channel: '#c', "
                        + "http_config: {authorization: {credentials: t}}");
    }

    private static RecordingServer.Script json(String body) {
        return RecordingServer.reply(200, body, "Content-Type: application/json; charset=utf-8");
    }
}
