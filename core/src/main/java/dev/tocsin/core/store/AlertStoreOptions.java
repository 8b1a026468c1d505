package dev.tocsin.core.store;

import java.time.Duration;

/**
 * How the alert store behaves.
 *
 * @param gcInterval how often resolved alerts are forgotten; positive ({@code --alerts.gc-interval})
 * @param perAlertNameLimit how many live alerts one value of {@code alertname} may have; none if not positive
 *     ({@code --alerts.per-alertname-limit})
 * @param alertNameInMetrics whether the count of limited alerts names the alert (feature {@code alert-names-in-metrics})
 * @param sourceAware whether redundant senders are told apart, so that an alert ends only when all of them say so;
 *     otherwise each report is merged by contract section 4.2 alone ({@code --alerts.source-aware})
 */
public record AlertStoreOptions(
        Duration gcInterval, int perAlertNameLimit, boolean alertNameInMetrics, boolean sourceAware) {
    /** The defaults of the flags. */
    public static final AlertStoreOptions DEFAULTS = new AlertStoreOptions(Duration.ofMinutes(30), 0, false, true);

    /** @throws IllegalArgumentException if {@code gcInterval} is not positive */
    public AlertStoreOptions {
        if (!gcInterval.isPositive()) {
            throw new IllegalArgumentException("gc interval must be positive: " + gcInterval);
        }
    }
}
