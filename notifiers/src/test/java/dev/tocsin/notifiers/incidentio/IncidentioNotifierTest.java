package dev.tocsin.notifiers.incidentio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.IntegrationHarness;
import dev.tocsin.notifiers.http.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentioNotifierTest {
    private final IntegrationHarness harness = new IntegrationHarness();
    private final CapturedAlerts alerts = new CapturedAlerts();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        harness.close();
    }

    private static Alert large(String instance) {
        return CapturedAlerts.alert(
                LabelSet.of("alertname", "a", "instance", instance),
                LabelSet.of("text", "x".repeat(300_000)),
                "2026-01-02T03:04:05Z",
                "");
    }

    @Test
    void listsOnlyTheFirstAlertWhereAllAreTooMuch() throws Exception {
        harness.build("incidentio", "url: 'http://SINK/', alert_source_token: t")
                .send(
                        alerts.notification(
                                NotificationReason.NEW_ALERTS_ADDED, List.of(large("first"), large("second"))),
                        IntegrationHarness.LATER);

        assertThat(harness.server.take().body())
                .contains("\"instance\":\"first\"")
                .doesNotContain("\"instance\":\"second\"")
                .contains("\"commonLabels\":{\"alertname\":\"a\"}")
                .contains("\"truncatedAlerts\":0");
    }

    @Test
    void readsTheAddressForEveryNotification() throws Exception {
        Path address = folder.resolve("address");
        Notifier incidentio = harness.build("incidentio", "url_file: '" + address + "', alert_source_token: t");

        assertThat(incidentio.send(alerts.notification("firing"), IntegrationHarness.LATER))
                .isEqualTo(new Outcome.Permanent(
                        FailureReason.OTHER, "read url_file: open " + address + ": no such file or directory"));
        Files.writeString(address, "http://" + harness.server.address() + "/x\n");
        assertThat(incidentio.send(alerts.notification("firing"), IntegrationHarness.LATER))
                .isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void theFileOfTheTokenMustBeThereAtTheStartAndMayChange() throws Exception {
        Path token = folder.resolve("token");
        String settings = "url: 'http://SINK/', alert_source_token_file: '" + token + "'";
        assertThatThrownBy(() -> harness.build("incidentio", settings))
                .isInstanceOf(NotifierBuildException.class)
                .hasMessage("failed to read alert_source_token_file: open " + token + ": no such file or directory");
        Files.writeString(token, "one\n");
        Notifier incidentio = harness.build("incidentio", settings);

        incidentio.send(alerts.notification("firing"), IntegrationHarness.LATER);
        Files.writeString(token, "two\n");
        incidentio.send(alerts.notification("firing"), IntegrationHarness.LATER);

        RecordedRequest first = harness.server.take();
        assertThat(first.header("Authorization")).isEqualTo("Bearer one");
        assertThat(harness.server.take().header("Authorization")).isEqualTo("Bearer two");
    }

    @Test
    void saysItsNameWhenItTakesTooLong() throws Exception {
        harness.server.then(harness.server.hangAfter(""));

        Outcome outcome = harness.build("incidentio", "url: 'http://SINK/', alert_source_token: t, timeout: 50ms")
                .send(alerts.notification("firing"), IntegrationHarness.LATER);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Retryable.class,
                        late -> assertThat(late.message())
                                .isEqualTo("Post \"<redacted>\": configured incident.io timeout reached (50ms)"));
    }
}
