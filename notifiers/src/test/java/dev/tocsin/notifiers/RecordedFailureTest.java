package dev.tocsin.notifiers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.fixture.JsonResource;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.http.RecordingServer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a notification that a receiver answers badly, or not at all, as recorded from Alertmanager. */
class RecordedFailureTest {
    private static final String INVALID =
            "{\"status\":\"invalid\",\"message\":\"msg here\",\"errors\":[\"e1\",\"e2\"]}";

    private final IntegrationHarness harness = new IntegrationHarness();
    private final Notification notification = new CapturedAlerts().notification("firing");

    @AfterEach
    void close() {
        harness.close();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "recorded/retry-matrix.csv")
    void decidesAsAlertmanagerDoes(String kind, String status, boolean ok, boolean retried, @Nullable String reason)
            throws Exception {
        boolean silent = status.equals("timeout");
        if (status.startsWith("3")) {
            harness.server.then(RecordingServer.reply(Integer.parseInt(status), "", "Location: /moved"));
            harness.server.then(answer("200"));
        } else {
            harness.server.then(silent ? harness.server.hangAfter("") : answer(status));
        }

        Outcome outcome = integration(kind)
                .send(notification, silent ? IntegrationHarness.NOW.plusMillis(150) : IntegrationHarness.LATER);

        switch (outcome) {
            case Outcome.Delivered delivered -> {
                assertThat(ok).isTrue();
                assertThat(delivered.answer()).startsWith(status.startsWith("3") ? "200" : status);
            }
            case Outcome.Permanent permanent -> {
                assertThat(ok || retried).isFalse();
                assertThat(permanent.reason().label()).isEqualTo(reason);
            }
            case Outcome.Retryable retryable -> {
                assertThat(retried || silent).isTrue();
                assertThat(retryable.reason().label()).isEqualTo(reason);
                assertThat(retryable.maybeAccepted())
                        .isEqualTo(silent || status.startsWith("2") || status.startsWith("3"));
                if (silent) {
                    assertThat(retryable.message()).isEqualTo("context deadline exceeded");
                }
            }
        }
    }

    static Stream<Arguments> failureTexts() {
        return new JsonResource(RecordedFailureTest.class, "recorded/failure-texts.json")
                .objects().stream().map(row -> Arguments.of(row.get("kind"), row.get("status"), row.get("message")));
    }

    @ParameterizedTest
    @MethodSource("failureTexts")
    void saysWhatAlertmanagerSays(String kind, String status, String message) throws Exception {
        harness.server.then(answer(status));

        assertThat(message(integration(kind).send(notification, IntegrationHarness.LATER)))
                .isEqualTo(message);
    }

    private Notifier integration(String kind) throws Exception {
        return switch (kind) {
            case "pagerduty" -> harness.build("pagerduty", "routing_key: k, url: 'http://SINK/x'");
            case "pagerduty-v1" -> harness.build("pagerduty", "service_key: k");
            case "slack" -> harness.build("slack", "api_url: 'http://SINK/x'");
            case "opsgenie" -> harness.build("opsgenie", "api_key: k, api_url: 'http://SINK/x'");
            case "victorops" -> harness.build("victorops", "api_key: k, api_url: 'http://SINK/x', routing_key: r");
            case "pushover" -> harness.build("pushover", "user_key: u, token: t");
            case "discord" -> harness.build("discord", "webhook_url: 'http://SINK/x'");
            case "rocketchat" -> harness.build("rocketchat", "token: t, token_id: i, api_url: 'http://SINK/x'");
            case "mattermost" -> harness.build("mattermost", "webhook_url: 'http://SINK/x'");
            case "telegram" -> harness.build("telegram", "bot_token: t, chat_id: 1, api_url: 'http://SINK/x'");
            case "webex" ->
                harness.build(
                        "webex",
                        "room_id: r, api_url: 'http://SINK/x', http_config: {authorization: {credentials: c}}");
            case "msteams", "msteamsv2" -> harness.build(kind, "webhook_url: 'http://SINK/x'");
            case "wechat" -> harness.build("wechat", "api_secret: s, corp_id: c, api_url: 'http://SINK/x'");
            case "jira" -> harness.build("jira", "project: p, issue_type: i, api_url: 'http://SINK/x'");
            case "sns" ->
                harness.build(
                        "sns",
                        "topic_arn: t, api_url: 'http://SINK/x', sigv4: {region: r, access_key: a, secret_key: s}");
            case "incidentio" -> harness.build("incidentio", "alert_source_token: t, url: 'http://SINK/x'");
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static RecordingServer.Script answer(String status) {
        return RecordingServer.reply(
                Integer.parseInt(status), status.equals("204") ? "" : INVALID, "Content-Type: application/json");
    }

    private static String message(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> "";
            case Outcome.Permanent permanent -> permanent.message();
            case Outcome.Retryable retryable -> retryable.message();
        };
    }
}
