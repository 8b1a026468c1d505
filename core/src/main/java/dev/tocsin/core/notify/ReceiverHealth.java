package dev.tocsin.core.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * How each integration of the configuration in force has done on this node. Written on the hub loop only; any thread may
 * read. Bounded by the configuration: what it does not name is forgotten.
 */
public final class ReceiverHealth {
    private static final int MAX_ERROR = 256;
    private static final Comparator<IntegrationHealth> BY_NAME =
            Comparator.comparing(IntegrationHealth::receiver).thenComparing(IntegrationHealth::integration);

    private final Map<String, IntegrationHealth> byTarget = new ConcurrentHashMap<>();

    /** Knows nothing before the first configuration. */
    ReceiverHealth() {}

    /** All integrations that routes lead to, by receiver and integration. */
    public List<IntegrationHealth> all() {
        List<IntegrationHealth> all = new ArrayList<>(byTarget.values());
        all.sort(BY_NAME);
        return all;
    }

    /** The integrations of one receiver; empty if no route leads to it, or if it has none. */
    public List<IntegrationHealth> of(String receiver) {
        return all().stream().filter(one -> one.receiver().equals(receiver)).toList();
    }

    /** Integrations that stay keep their past. */
    void configured(Receivers receivers) {
        Set<String> kept = new HashSet<>();
        for (List<Target> targets : receivers.all().values()) {
            for (Target target : targets) {
                kept.add(target.toString());
                byTarget.putIfAbsent(target.toString(), IntegrationHealth.unused(target));
            }
        }
        byTarget.keySet().retainAll(kept);
    }

    void begun(Target target) {
        change(target, health -> health.waiting(1));
    }

    void ended(Target target) {
        change(target, health -> health.waiting(-1));
    }

    void delivered(Target target, Instant now) {
        change(target, health -> health.accepted(now));
    }

    void attemptFailed(Target target, Instant now, String error) {
        String cut = error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR);
        change(target, health -> health.attemptFailed(now, cut));
    }

    void givenUp(Target target) {
        change(target, IntegrationHealth::givenUp);
    }

    private void change(Target target, UnaryOperator<IntegrationHealth> change) {
        byTarget.computeIfPresent(target.toString(), (name, health) -> change.apply(health));
    }
}
