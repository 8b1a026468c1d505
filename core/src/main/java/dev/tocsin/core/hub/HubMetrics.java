package dev.tocsin.core.hub;

import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.Target;
import java.util.List;

/** The sizes of the configuration in force (contract section 9). */
final class HubMetrics {
    private final GaugeFamily receivers;
    private final GaugeFamily integrations;
    private final GaugeFamily inhibitionRules;

    HubMetrics(Metrics metrics) {
        receivers = metrics.gauge("alertmanager_receivers", "Number of configured receivers that routes use.");
        integrations = metrics.gauge("alertmanager_integrations", "Number of integrations of those receivers.");
        inhibitionRules = metrics.gauge("alertmanager_inhibition_rules", "Number of configured inhibition rules.");
    }

    void configured(ConfigChange change) {
        int targets = 0;
        for (List<Target> built : change.receivers().all().values()) {
            targets += built.size();
        }
        receivers.labels().set(change.receivers().all().size());
        integrations.labels().set(targets);
        inhibitionRules.labels().set(change.inhibitor().ruleCount());
    }
}
