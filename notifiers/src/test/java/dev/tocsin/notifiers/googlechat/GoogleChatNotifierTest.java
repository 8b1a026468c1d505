package dev.tocsin.notifiers.googlechat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.IntegrationHarness;
import dev.tocsin.notifiers.http.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GoogleChatNotifierTest {
    private static final String URL = "webhook_url: 'http://SINK/v1/spaces/S/messages?key=k&token=t'";

    private final IntegrationHarness harness = new IntegrationHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    private Outcome send(String settings, String phase) throws Exception {
        return harness.build("googlechat", settings)
                .send(new CapturedAlerts().notification(phase), IntegrationHarness.LATER);
    }

    @Test
    void postsIntoTheThreadOfTheGroup() throws Exception {
        assertThat(send(URL + ", message: '{{ .Status }}'", "firing")).isInstanceOf(Outcome.Delivered.class);

        RecordedRequest sent = harness.server.take();
        assertThat(sent.line())
                .isEqualTo("POST /v1/spaces/S/messages?key=k&token=t"
                        + "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD HTTP/1.1");
        assertThat(sent.body())
                .isEqualTo("{\"text\":\"firing\",\"thread\":{\"threadKey\":"
                        + "\"6c5c230a0460c591ea66e327fe402b43780c90268ce5840cd1e8717c35da4069\"}}\n");
    }

    @Test
    void postsWithoutThreadsIfTheyAreNotWanted() throws Exception {
        send(URL + ", threads: false", "resolved");

        RecordedRequest sent = harness.server.take();
        assertThat(sent.line()).isEqualTo("POST /v1/spaces/S/messages?key=k&token=t HTTP/1.1");
        assertThat(sent.body())
                .startsWith("{\"text\":\"*[RESOLVED] HighLatency api (critical)*\\nLabels:\\n")
                .doesNotContain("thread");
    }

    @Test
    void triesAgainWhenGoogleIsBusy() throws Exception {
        harness.server.then(429, "slow down");

        assertThat(send(URL, "firing"))
                .isInstanceOfSatisfying(
                        Outcome.Retryable.class,
                        busy -> assertThat(busy.message()).isEqualTo("unexpected status code 429: slow down"));
    }

    @Test
    void cutsWhatIsTooLong() throws Exception {
        send(URL + ", message: '{{ printf \"%032000d\" 0 }}'", "firing");

        assertThat(harness.server.take().body()).contains("\"text\":\"" + "0".repeat(29_997) + "\u2026\"");
    }
}
