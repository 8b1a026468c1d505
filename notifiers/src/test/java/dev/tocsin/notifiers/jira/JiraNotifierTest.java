package dev.tocsin.notifiers.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.IntegrationHarness;
import dev.tocsin.notifiers.http.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JiraNotifierTest {
    private static final String SETTINGS = "project: OPS, issue_type: Bug, api_url: 'http://SINK/rest/api/2'";

    private final IntegrationHarness harness = new IntegrationHarness();
    private final Notification firing = new CapturedAlerts().notification("firing");
    private final Notification resolved = new CapturedAlerts().notification("resolved");

    @AfterEach
    void close() {
        harness.close();
    }

    private Outcome send(String more, Notification notification) throws Exception {
        return harness.build("jira", SETTINGS + more).send(notification, IntegrationHarness.LATER);
    }

    private static String found(String category) {
        return "{\"issues\":[{\"key\":\"OPS-7\",\"fields\":{\"status\":{\"statusCategory\":{\"key\":\"" + category
                + "\"}}}}]}";
    }

    @Test
    void aResolvedGroupWithoutAnIssueNeedsNone() throws Exception {
        harness.server.then(200, "{\"issues\":[]}");

        assertThat(send("", resolved)).isInstanceOf(Outcome.Delivered.class);

        assertThat(harness.server.take().line()).startsWith("POST /rest/api/2/search ");
        assertThat(harness.server.waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"done, false", "new, false", "done, true", "new, true"})
    void movesOnlyWhatIsInTheWrongPlace(String category, boolean fires) throws Exception {
        harness.server
                .then(200, found(category))
                .then(204, "")
                .then(200, "{\"transitions\":[{\"id\":\"9\",\"name\":\"up\"},{\"id\":\"8\",\"name\":\"down\"}]}")
                .then(204, "");

        Outcome outcome = send(", reopen_transition: up, resolve_transition: down", fires ? firing : resolved);

        assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
        boolean moves = fires == category.equals("done");
        assertThat(harness.server.waiting()).isEqualTo(moves ? 4 : 2);
        if (moves) {
            harness.server.take();
            harness.server.take();
            harness.server.take();
            assertThat(harness.server.take().body()).contains(fires ? "\"id\":\"9\"" : "\"id\":\"8\"");
        }
    }

    @Test
    void aTransitionThatIsNotThereIsNotTriedAgain() throws Exception {
        harness.server.then(200, found("new")).then(204, "").then(200, "{\"transitions\":[{\"name\":\"other\"}]}");

        assertThat(send(", resolve_transition: Nope", resolved))
                .isInstanceOfSatisfying(
                        Outcome.Permanent.class,
                        outcome ->
                                assertThat(outcome.message()).isEqualTo("can't find transition Nope for issue OPS-7"));
    }

    @Test
    void namesTheStepThatFailed() throws Exception {
        harness.server.then(200, found("new")).then(429, "slow down");

        assertThat(send("", firing))
                .isInstanceOfSatisfying(
                        Outcome.Retryable.class,
                        outcome -> assertThat(outcome.message())
                                .isEqualTo("failed to PUT request to \"issue/OPS-7\": unexpected status code 429: slow"
                                        + " down"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            summary: '{{ .Nope }}' | summary template: template: :1:3: executing "" at <.Nope>: can't evaluate field Nope in type *template.Data
            labels: [a, '{{ .Nope }}'] | labels[1] template: template: :1:3: executing "" at <.Nope>: can't evaluate field Nope in type *template.Data
            fields: {a: [{b: '{{ .Nope }}'}]} | fields template: template: :1:3: executing "" at <.Nope>: can't evaluate field Nope in type *template.Data
            priority: '{{ .Nope }}' | priority template: template: :1:3: executing "" at <.Nope>: can't evaluate field Nope in type *template.Data
            api_url: 'http://SINK/rest/api/3//' | description template: invalid JSON for API v3
            fields: {a: .inf} | json: unsupported value: +Inf
            """)
    void aBadTemplateIsNotTriedAgain(String more, String message) throws Exception {
        harness.server.then(200, "{}");
        String settings = more.startsWith("api_url") ? "project: p, issue_type: i, " + more : SETTINGS + ", " + more;

        assertThat(harness.build("jira", settings).send(firing, IntegrationHarness.LATER))
                .isInstanceOfSatisfying(
                        Outcome.Permanent.class,
                        outcome -> assertThat(outcome.message()).isEqualTo(message));
    }

    @Test
    void aBrokenConnectionIsTriedAgain() throws Exception {
        assertThat(harness.build("jira", "project: p, issue_type: i, api_url: 'http://u:pw@127.0.0.1:1/x'")
                        .send(firing, IntegrationHarness.LATER))
                .isInstanceOfSatisfying(
                        Outcome.Retryable.class,
                        outcome -> assertThat(outcome.message())
                                .isEqualTo("failed to look up existing issues: HTTP request to JIRA API: Post"
                                        + " \"http://u:***@127.0.0.1:1/x/search\": dial tcp 127.0.0.1:1: connect:"
                                        + " connection refused"));
    }

    @Test
    void cutsSummaryAndDescription() throws Exception {
        harness.server.then(200, "{}").then(201, "{}");

        send(", summary: '{{ printf \"%0300d\" 0 }}', description: '{{ printf \"%040000d\" 0 }}'", firing);

        harness.server.take();
        RecordedRequest created = harness.server.take();
        assertThat(created.body())
                .contains("\"summary\":\"" + "0".repeat(254) + "\u2026\"")
                .contains("\"description\":\"" + "0".repeat(32_766) + "\u2026\"");
    }
}
