package dev.tocsin.notifiers.opsgenie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.IntegrationHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpsgenieNotifierTest {
    private final IntegrationHarness harness = new IntegrationHarness();
    private final CapturedAlerts alerts = new CapturedAlerts();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void aFailureOnTheWayStopsAndTheWholeSequenceIsTriedAgain() throws Exception {
        Notifier opsgenie = harness.build("opsgenie", "api_key: k, api_url: 'http://SINK', update_alerts: true");
        harness.server.then(202, "").then(429, "slow down");

        Outcome outcome = opsgenie.send(alerts.notification("firing"), IntegrationHarness.LATER);

        assertThat(outcome)
                .isEqualTo(new Outcome.Retryable(
                        FailureReason.RATE_LIMITED, "unexpected status code 429: slow down", false, false));
        assertThat(harness.server.waiting()).isEqualTo(2);

        assertThat(opsgenie.send(alerts.notification("firing"), IntegrationHarness.LATER))
                .isInstanceOf(Outcome.Delivered.class);
        assertThat(harness.server.waiting()).isEqualTo(5);
    }

    @Test
    void requestsThatDifferHaveKeysThatDiffer() throws Exception {
        harness.build("opsgenie", "api_key: k, api_url: 'http://SINK', update_alerts: true")
                .send(alerts.notification("firing"), IntegrationHarness.LATER);

        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            keys.add(harness.server.take().header("Idempotency-Key"));
        }
        assertThat(keys).containsExactly("key-7", "key-7-message", "key-7-description");
    }

    @Test
    void respondersAreRenderedSplitAndSkipped() throws Exception {
        harness.build(
                        "opsgenie",
                        "api_key: k, api_url: 'http://SINK', responders: [{id: '{{ \"\" }}', type: team}, "
                                + "{name: 'a,,b,', type: teams}, {name: 'a,b', type: TEAMS}, "
                                + "{name: ' a , b', type: '{{ \"teams\" }}', id: x}, {id: '{{ \"\" }}', type: '{{ \"\" }}'}]")
                .send(alerts.notification("firing"), IntegrationHarness.LATER);

        assertThat(harness.server.take().body())
                .contains("\"responders\":[{\"type\":\"team\"},{\"name\":\"a\",\"type\":\"team\"},"
                        + "{\"name\":\"b\",\"type\":\"team\"},{\"name\":\"a,b\",\"type\":\"TEAMS\"},"
                        + "{\"name\":\"a \",\"type\":\"team\"},{\"name\":\" b\",\"type\":\"team\"}]");
    }

    @Test
    void readsTheKeyForEachNotification(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key"), " {{ .CommonLabels.job }}-1\n");
        Notifier opsgenie = harness.build("opsgenie", "api_key_file: '" + key + "', api_url: 'http://SINK'");

        opsgenie.send(alerts.notification("firing"), IntegrationHarness.LATER);
        Files.writeString(key, "second");
        opsgenie.send(alerts.notification("firing"), IntegrationHarness.LATER);

        assertThat(harness.server.take().header("Authorization")).isEqualTo("GenieKey api-1");
        assertThat(harness.server.take().header("Authorization")).isEqualTo("GenieKey second");
    }
}
