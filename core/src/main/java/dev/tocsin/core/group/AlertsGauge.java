package dev.tocsin.core.group;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code alertmanager_alerts}: the alerts in groups that have not ended, by their state at the last flush (contract
 * section 9). An alert in several groups counts once, with its strongest state; with a label per group it counts in each.
 * Counted at each scrape, on the scraping thread; says nothing while no dispatcher runs.
 */
public final class AlertsGauge {
    private final GaugeFamily family;
    private final boolean perGroup;
    private final Clock clock;
    private final Supplier<@Nullable Dispatcher> dispatcher;

    /**
     * Registers the gauge.
     *
     * @param perGroup whether each group has its own {@code group_key} label
     * @param dispatcher gives the one in force, or null before the first
     */
    public AlertsGauge(Metrics metrics, boolean perGroup, Clock clock, Supplier<@Nullable Dispatcher> dispatcher) {
        String help = "How many alerts by state.";
        this.family = perGroup
                ? metrics.gauge("alertmanager_alerts", help, "state", "group_key")
                : metrics.gauge("alertmanager_alerts", help, "state");
        this.perGroup = perGroup;
        this.clock = clock;
        this.dispatcher = dispatcher;
        metrics.onCollect(this::collect);
    }

    private synchronized void collect() {
        Dispatcher current = dispatcher.get();
        if (perGroup || current == null || !current.isRunning()) {
            family.reset();
        }
        if (current == null || !current.isRunning()) {
            return;
        }
        Instant now = clock.now();
        if (perGroup) {
            current.forEachGroup(group -> countGroup(group, now));
        } else {
            countAll(current, now);
        }
    }

    private void countGroup(AggregationGroup group, Instant now) {
        if (group.isOver()) {
            return;
        }
        Map<AlertState, Integer> counts = new EnumMap<>(AlertState.class);
        group.forEach((alert, state) -> {
            if (!alert.resolvedAt(now)) {
                counts.merge(state, 1, Integer::sum);
            }
        });
        for (AlertState state : AlertState.values()) {
            family.labels(state.label(), group.key().text()).set(counts.getOrDefault(state, 0));
        }
    }

    private void countAll(Dispatcher current, Instant now) {
        Map<LabelSet, AlertState> strongest = new HashMap<>();
        current.forEachGroup(group -> group.forEach((alert, state) -> {
            if (!alert.resolvedAt(now)) {
                strongest.merge(alert.labels(), state, (a, b) -> a.compareTo(b) >= 0 ? a : b);
            }
        }));
        Map<AlertState, Integer> counts = new EnumMap<>(AlertState.class);
        for (AlertState state : strongest.values()) {
            counts.merge(state, 1, Integer::sum);
        }
        for (AlertState state : AlertState.values()) {
            family.labels(state.label()).set(counts.getOrDefault(state, 0));
        }
    }
}
