package dev.tocsin.core.hub;

import static dev.tocsin.core.hub.Posted.alert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.notify.ScriptedNotifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubReloadTest {
    private static String config(String url) {
        return """
                route: {receiver: default, group_wait: 1s, group_interval: 2s}
                receivers:
                - {name: default, webhook_configs: [{url: %s}]}
                - {name: unused, webhook_configs: [{url: unused}]}
                """.formatted(url);
    }

    @Test
    void onlyReceiversThatRoutesNameAreBuilt() {
        TestHub hub = TestHub.start(config("a"));
        assertThat(hub.receivers().built()).containsExactly("a");
        assertThat(hub.hub().receivers()).hasSize(2);
        assertThat(hub.gauge("alertmanager_receivers")).isEqualTo(1);
        assertThat(hub.gauge("alertmanager_integrations")).isEqualTo(1);
        assertThat(hub.gauge("alertmanager_inhibition_rules")).isZero();
    }

    @Test
    void aFileThatIsRefusedLeavesTheOldConfigurationInForce() {
        TestHub hub = TestHub.start(config("a"));
        double hash = hub.gauge("alertmanager_config_hash");
        hub.post(0, alert("test"));
        ApplyResult result = hub.reload(0.5, "route: {receiver: nobody}\n");
        assertThat(result).isInstanceOf(ApplyResult.Refused.class);
        assertThat(((ApplyResult.Refused) result).error()).startsWith("undefined receiver \"nobody\" used in route");
        assertThat(hub.gauge("alertmanager_config_last_reload_successful")).isZero();
        assertThat(hub.gauge("alertmanager_config_hash")).isEqualTo(hash);
        hub.at(2);
        assertThat(hub.sent("a")).containsExactly("1.0 test[0.0-]");
        assertThat(hub.hub().status().configText()).doesNotContain("nobody");
    }

    @Test
    void anIntegrationThatCannotBeBuiltLeavesTheOldConfigurationInForce() {
        TestHub hub = TestHub.start(config("a"));
        hub.post(0, alert("test"));
        hub.receivers().breakUrl("b");
        ApplyResult result = hub.reload(0.5, config("b"));
        assertThat(result).isEqualTo(new ApplyResult.Refused("cannot read the certificate of b"));
        hub.at(2);
        assertThat(hub.sent("a")).containsExactly("1.0 test[0.0-]");
        assertThat(hub.gauge("alertmanager_config_last_reload_successful")).isZero();
        hub.receivers().breakUrl("");
        assertThat(hub.reload(3, config("b"))).isEqualTo(new ApplyResult.Applied());
        assertThat(hub.gauge("alertmanager_config_last_reload_successful")).isEqualTo(1);
        assertThat(hub.gauge("alertmanager_config_last_reload_success_timestamp_seconds"))
                .isEqualTo((double) hub.time().now().getEpochSecond());
    }

    @Test
    void aTemplateFileThatCannotBeParsedLeavesTheOldConfigurationInForce(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("bad.tmpl"), "{{ define \"x\" }}\n{{ if }}{{ end }}{{ end }}");
        TestHub hub = TestHub.start(config("a"));
        String config = config("b") + "templates: ['" + folder + "/*.tmpl']\n";
        assertThat(hub.reload(0.5, config))
                .isEqualTo(new ApplyResult.Refused(
                        "failed to parse templates: template: bad.tmpl:2: missing value for if"));
        assertThat(hub.receivers().built()).containsExactly("a");
        Files.delete(file);
        assertThat(hub.reload(1, config)).isEqualTo(new ApplyResult.Applied());
        assertThat(hub.receivers().built()).containsExactly("a", "b");
    }

    @Test
    void storedAlertsGoToTheGroupsOfTheNewConfiguration() {
        TestHub hub = TestHub.start(config("a"));
        hub.post(0, alert("test").from(-10));
        hub.reload(0.5, """
                route: {receiver: other, group_by: [alertname]}
                receivers: [{name: other, webhook_configs: [{url: b}]}]
                """);
        hub.at(60);
        assertThat(hub.sent("a")).containsExactly("0.0 test[-10.0-]");
        assertThat(hub.sent("b")).containsExactly("30.5 test[-10.0-]");
        assertThat(hub.gauge("alertmanager_dispatcher_aggregation_groups")).isEqualTo(1);
    }

    @Test
    void inhibitionKnowsStoredAlertsAfterAReload() {
        TestHub hub = TestHub.start(config("a"));
        hub.post(0, alert("Source"), alert("Target"));
        hub.reload(
                0.5,
                config("a") + "inhibit_rules: [{source_matchers: [alertname=Source],"
                        + " target_matchers: [alertname=Target]}]\n");
        hub.at(3);
        assertThat(hub.sent("a")).containsExactly("1.5 Source[0.0-]");
    }

    @Test
    void requestsDuringAReloadShareTheNextOne() {
        TestHub hub = TestHub.start(config("a"));
        int before = loads(hub);
        CompletionStage<ApplyResult> first = hub.reloader().reload();
        hub.reloader().reload();
        CompletionStage<ApplyResult> last = hub.reloader().reload();
        hub.at(1);
        assertThat(first.toCompletableFuture()).isCompletedWithValue(new ApplyResult.Applied());
        assertThat(last.toCompletableFuture()).isCompletedWithValue(new ApplyResult.Applied());
        assertThat(loads(hub) - before).isEqualTo(2);
    }

    private static int loads(TestHub hub) {
        return (int) hub.journal().query(JournalFilter.ALL, JournalCursor.NONE, 1000).entries().stream()
                .filter(entry -> entry.event() instanceof HubEvent.ConfigLoaded)
                .count();
    }

    @Test
    void aStoppedHubSendsNothingMore() {
        TestHub hub = TestHub.start(config("a"));
        hub.post(0, alert("test"));
        CompletionStage<Void> stopped = hub.hub().stop("SIGTERM");
        hub.at(0.5);
        assertThat(stopped.toCompletableFuture()).isCompleted();
        hub.at(60);
        assertThat(hub.sent("a")).isEmpty();
    }

    @Test
    void aStopWaitsForRequestsOfTheConfigurationBeforeToo() {
        TestHub hub = TestHub.start(config("a"));
        hub.receivers().at("a").next(ScriptedNotifier.acceptance(Map.of()), Duration.ofSeconds(2), true);
        hub.post(0, alert("test"));
        hub.at(1.2);
        hub.reload(1.5, config("b"));
        CompletionStage<Void> stopped = hub.hub().stop("SIGTERM");
        hub.at(2.9);
        assertThat(stopped.toCompletableFuture()).isNotCompleted();
        hub.at(3.1);
        assertThat(stopped.toCompletableFuture()).isCompleted();
        TestHub next = hub.killAndRestart();
        next.at(30);
        assertThat(next.sent("a")).hasSize(1);
        assertThat(next.sent("b")).isEmpty();
    }

    @Test
    void aStopCutsOffRequestsOfTheConfigurationBeforeAfterItsPatience() {
        TestHub hub = TestHub.start(config("a"));
        hub.receivers().at("a").next(ScriptedNotifier.acceptance(Map.of()), Duration.ofMinutes(2), true);
        hub.post(0, alert("test"));
        hub.reload(1.5, config("b"));
        CompletionStage<Void> stopped = hub.hub().stop("SIGTERM");
        hub.at(4.4);
        assertThat(stopped.toCompletableFuture()).isNotCompleted();
        hub.at(4.9);
        assertThat(stopped.toCompletableFuture()).isCompleted();
    }

    @Test
    void badAlertsCostTheGoodOnesNothing() {
        TestHub hub = TestHub.start(config("a"));
        assertThat(hub.post(0, alert("bad").from(5).to(1), alert("good")))
                .containsExactly("start time must be before end time");
        hub.at(2);
        assertThat(hub.sent("a")).containsExactly("1.0 good[0.0-]");
    }

    @Test
    void theJournalTellsWhatAlertsDidButNotTheirResends() {
        TestHub hub = TestHub.start(config("a"));
        Posted alert = alert("test").from(0).to(100);
        hub.post(0, alert);
        hub.post(0.1, alert);
        hub.post(0.2, alert.to(0.1));
        hub.post(0.3, alert.from(0.25));
        hub.post(0.4, alert.from(5).to(1));
        assertThat(hub.journal().query(JournalFilter.ALL, JournalCursor.NONE, 1000).entries().stream()
                        .map(entry -> entry.event())
                        .filter(event -> event instanceof AlertEvent.Merged || event instanceof AlertEvent.Refused)
                        .map(JournalEvent::reason))
                .containsExactly(
                        "refused from 192.0.2.1: start time must be before end time",
                        "alert {alertname=\"test\"} fires again by a report of 192.0.2.1",
                        "alert {alertname=\"test\"} has resolved by a report of 192.0.2.1",
                        "alert {alertname=\"test\"} is new by a report of 192.0.2.1");
    }
}
