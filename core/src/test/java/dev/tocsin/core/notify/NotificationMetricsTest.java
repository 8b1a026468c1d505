package dev.tocsin.core.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import dev.tocsin.core.template.TestTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotificationMetricsTest {
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final MetricValues values = new MetricValues(metrics);
    private final VirtualTime time = new VirtualTime();
    private final ScriptedNotifier notifier = new ScriptedNotifier(time, new VirtualWorkers(time));

    private record Settings(boolean sendResolved) implements IntegrationConfig {}

    private Receivers receivers(String name, String... kinds) throws Exception {
        List<ReceiverConfig.Integration> integrations = new ArrayList<>();
        for (String kind : kinds) {
            integrations.add(new ReceiverConfig.Integration(kind, 0, new Settings(true)));
        }
        return Receivers.build(
                List.of(new ReceiverConfig(name, Map.of("name", name), integrations)),
                (config, integration, templates) -> notifier,
                TestTemplates.builtIn(new VirtualTime()));
    }

    @Test
    void withReceiverNamesOnlyConfiguredIntegrationsHaveSeriesAndAReloadBeginsAnew() throws Exception {
        NotificationMetrics notifications = new NotificationMetrics(metrics, true);
        assertThat(values.series("alertmanager_notifications_total")).isZero();

        Receivers first = receivers("team", "webhook", "slack");
        notifications.configured(first);
        notifications.notified(first.targets("team").getFirst());

        assertThat(values.series("alertmanager_notifications_total")).isEqualTo(2);
        assertThat(values.series("alertmanager_notifications_failed_total")).isEqualTo(14);
        assertThat(values.value("alertmanager_notifications_total", "webhook", "team"))
                .isEqualTo(1);
        assertThat(values.value("alertmanager_notifications_failed_total", "slack", "team", "other"))
                .isZero();

        notifications.configured(receivers("other", "webhook"));

        assertThat(values.series("alertmanager_notifications_total")).isEqualTo(1);
        assertThat(values.value("alertmanager_notifications_total", "webhook", "other"))
                .isZero();
    }

    @Test
    void withoutReceiverNamesAReloadKeepsWhatWasCounted() throws Exception {
        NotificationMetrics notifications = new NotificationMetrics(metrics, false);
        Receivers receivers = receivers("team", "webhook");
        notifications.notified(receivers.targets("team").getFirst());

        notifications.configured(receivers);

        assertThat(values.value("alertmanager_notifications_total", "webhook")).isEqualTo(1);
        assertThat(values.series("alertmanager_notifications_total"))
                .isEqualTo(NotificationMetrics.INTEGRATIONS.size());
    }

    @Test
    void aReceiverThatCannotBeBuiltClosesWhatWasBuiltBeforeIt() {
        List<ReceiverConfig.Integration> integrations = List.of(
                new ReceiverConfig.Integration("webhook", 0, new Settings(true)),
                new ReceiverConfig.Integration("slack", 0, new Settings(true)));

        assertThatThrownBy(() -> Receivers.build(
                        List.of(new ReceiverConfig("team", Map.of(), integrations)),
                        (config, integration, templates) -> {
                            if (integration.kind().equals("slack")) {
                                throw new NotifierFactory.NotifierBuildException("no such file");
                            }
                            return notifier;
                        },
                        TestTemplates.builtIn(new VirtualTime())))
                .hasMessage("no such file");

        assertThat(notifier.closed()).isTrue();
    }
}
