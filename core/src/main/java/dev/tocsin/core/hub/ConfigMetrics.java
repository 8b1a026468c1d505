package dev.tocsin.core.hub;

import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.Metrics;
import java.time.Instant;

/** What became of the configuration file (contract sections 2.11 and 9). */
final class ConfigMetrics {
    private final GaugeFamily.Child hash;
    private final GaugeFamily.Child successful;
    private final GaugeFamily.Child succeededAt;

    ConfigMetrics(Metrics metrics) {
        hash = metrics.gauge("alertmanager_config_hash", "Hash of the currently loaded configuration file.")
                .labels();
        successful = metrics.gauge(
                        "alertmanager_config_last_reload_successful",
                        "Whether the last attempt to load the configuration succeeded.")
                .labels();
        succeededAt = metrics.gauge(
                        "alertmanager_config_last_reload_success_timestamp_seconds",
                        "When a configuration was last loaded successfully, in seconds since the epoch.")
                .labels();
    }

    void loaded(long fileHash, Instant now) {
        hash.set((double) fileHash); // 48 bits
        successful.set(1);
        succeededAt.set((double) now.getEpochSecond());
    }

    void refused() {
        successful.set(0);
    }
}
