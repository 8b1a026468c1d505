package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.AggregationGroup;
import dev.tocsin.core.group.Dispatcher;
import dev.tocsin.core.label.AlertHash;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.store.AlertStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets alerts that another node has told as firing, and that have resolved here, enter their group again, so that somebody
 * tells their end (PROTOCOL section 3, adopt). Used on the hub loop only. What came in one turn of the loop is looked up
 * together; it is bounded by what comes in one message.
 */
final class Adoption implements NotificationLog.Listener {
    private final Scheduler loop;
    private final AlertStore alerts;
    private final Supplier<Instant> now;
    private final Supplier<@Nullable Dispatcher> dispatcher;
    private final TurnMetrics metrics;
    private final Map<Long, Set<String>> wanted = new HashMap<>();

    Adoption(
            Scheduler loop,
            AlertStore alerts,
            Supplier<Instant> now,
            Supplier<@Nullable Dispatcher> dispatcher,
            TurnMetrics metrics) {
        this.loop = loop;
        this.alerts = alerts;
        this.now = now;
        this.dispatcher = dispatcher;
        this.metrics = metrics;
    }

    @Override
    public void merged(LogEntry entry) {
        consider(entry.key(), entry.firing());
    }

    @Override
    public void merged(ClaimContent maybe) {
        consider(maybe.key(), maybe.firing());
    }

    private void consider(LogKey key, AlertHashes firing) {
        Dispatcher current = dispatcher.get();
        if (current == null || firing.isEmpty()) {
            return;
        }
        boolean first = wanted.isEmpty();
        List<AggregationGroup> groups = current.find(key.groupKey(), key.receiver());
        if (groups.isEmpty()) {
            want(key.groupKey(), firing, Set.of());
        }
        for (AggregationGroup group : groups) {
            Set<Long> here = new HashSet<>();
            group.forEach((alert, state) -> here.add(AlertHash.of(alert.labels())));
            want(key.groupKey(), firing, here);
        }
        if (first && !wanted.isEmpty()) {
            loop.execute(this::adopt);
        }
    }

    private void want(String groupKey, AlertHashes firing, Set<Long> here) {
        for (int i = 0; i < firing.size(); i++) {
            if (!here.contains(firing.get(i))) {
                wanted.computeIfAbsent(firing.get(i), hash -> new HashSet<>()).add(groupKey);
            }
        }
    }

    private void adopt() {
        Map<Long, Set<String>> missing = Map.copyOf(wanted);
        wanted.clear();
        Dispatcher current = dispatcher.get();
        if (current == null) {
            return;
        }
        Instant at = now.get();
        alerts.forEach(alert -> {
            if (alert.resolvedAt(at)) {
                adopt(current, alert, missing.getOrDefault(AlertHash.of(alert.labels()), Set.of()));
            }
        });
    }

    private void adopt(Dispatcher current, Alert alert, Set<String> groupKeys) {
        for (String groupKey : groupKeys) {
            if (current.adopt(groupKey, alert)) {
                metrics.adopted();
            }
        }
    }
}
