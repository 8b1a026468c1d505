package dev.tocsin.core.hub;

import static dev.tocsin.core.hub.Posted.alert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.event.EventData;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the event recorder hears of alerts on their way. */
class HubEventsTest {
    private static final String CONFIG = """
            route: {receiver: default, group_by: [], group_wait: 1s, group_interval: 1s, repeat_interval: 1h}
            receivers: [{name: default, webhook_configs: [{url: a}, {url: b}]}]
            inhibit_rules: [{source_matchers: [alertname=Source], target_matchers: [alertname=Target]}]
            """;

    private final TestHub hub = TestHub.start(CONFIG);

    private List<String> types() {
        return hub.events().events().stream().map(EventData::type).toList();
    }

    private <T extends EventData> List<T> events(Class<T> type) {
        return hub.events().events().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Test
    void anAlertIsCreatedGroupedToldAndResolved() {
        hub.post(1, alert("A").from(1));
        hub.post(1.5, alert("A").from(1));
        hub.post(2.5, alert("A").from(1).to(2.4));
        hub.at(5);
        assertThat(types())
                .containsExactly(
                        "alert_created",
                        "alert_grouped",
                        "alert_grouped",
                        "notification",
                        "notification",
                        "alert_grouped",
                        "notification",
                        "notification",
                        "alert_resolved");
        List<EventData.Notification> told = events(EventData.Notification.class);
        assertThat(told).extracting(EventData.Notification::flush).containsExactly(1L, 1L, 2L, 2L);
        assertThat(told).extracting(EventData.Notification::index).containsExactly(0, 1, 0, 1);
        assertThat(told.getFirst().firing()).hasSize(1);
        assertThat(told.getLast().resolved()).hasSize(1);
        EventData.Group group = told.getFirst().group();
        assertThat(group.key()).isEqualTo("{}:{}");
        assertThat(group.uuid()).isEqualTo("group-1");
        assertThat(events(EventData.AlertResolved.class).getFirst().group()).isEqualTo(group);
    }

    @Test
    void mutedAlertsAreToldWithTheirCauseAtEachFlush() {
        String silence = hub.silence(0.5, 0.5, 100, "alertname", "Quiet", false);
        hub.post(1, alert("Source"), alert("Target"), alert("Quiet"));
        hub.at(2.5);
        EventData.InhibitionMuted inhibited =
                events(EventData.InhibitionMuted.class).getFirst();
        assertThat(inhibited.source().toString()).isEqualTo("[alertname=\"Source\"]");
        assertThat(inhibited.alert().get("alertname")).isEqualTo("Target");
        assertThat(inhibited.inhibiting()).isEqualTo(alert("Source").labels().fingerprint());
        EventData.SilenceMuted silenced = events(EventData.SilenceMuted.class).getFirst();
        assertThat(silenced.silence().id()).isEqualTo(silence);
        assertThat(silenced.alert().get("alertname")).isEqualTo("Quiet");
        assertThat(events(EventData.Notification.class).getFirst().muted()).hasSize(2);
    }

    @Test
    void everyReportOfAnAlertIsOneThatWasGrouped() {
        hub.post(1, alert("A"));
        hub.post(1.5, alert("A"));
        hub.post(2, alert("A").to(1.9));
        assertThat(events(EventData.AlertGrouped.class)).hasSize(3);
        assertThat(events(EventData.AlertCreated.class)).hasSize(1);
    }

    @Test
    void aReloadGroupsAnewUnderNewNames() {
        hub.post(1, alert("A"));
        hub.reload(3);
        List<EventData.AlertGrouped> grouped = events(EventData.AlertGrouped.class);
        assertThat(grouped).hasSize(2);
        assertThat(grouped.get(0).group().uuid())
                .isNotEqualTo(grouped.get(1).group().uuid());
        assertThat(events(EventData.AlertCreated.class)).hasSize(1);
    }

    @Test
    void theRecorderGetsTheConfigurationOfEachReload() {
        assertThat(hub.events().config()).isNull();
        hub.reload(1, CONFIG + "event_recorder: {stdout_outputs: [{}]}\n");
        assertThat(Objects.requireNonNull(hub.events().config()).stdoutOutputs())
                .isEqualTo(1);
    }
}
