package dev.tocsin.core.pipeline;

import dev.tocsin.core.log.LogKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the flushes of one group and integration run one after the other. What waits behind a slow one is replaced by later
 * news of the group, so it is never more than one. Used on the hub loop only. Bounded by the groups times the integrations
 * of their receivers.
 */
final class Lanes {
    private final Map<LogKey, Deque<IntegrationFlush>> lanes = new HashMap<>();

    /** Begins now, or when the one before has ended. */
    void enter(IntegrationFlush flush) {
        Deque<IntegrationFlush> lane = lanes.computeIfAbsent(flush.key(), key -> new ArrayDeque<>(1));
        lane.addLast(flush);
        if (lane.size() == 1) {
            flush.decide();
            return;
        }
        List<IntegrationFlush> waiting = new ArrayList<>(lane);
        for (IntegrationFlush older : waiting.subList(1, waiting.size() - 1)) {
            if (older.isLeftBehind()) {
                older.supersede();
            }
        }
    }

    /** Whether a flush of this group and integration runs. */
    boolean isTaken(LogKey key) {
        return !lanes.isEmpty() && lanes.containsKey(key);
    }

    /** Ends, whether it had begun or not. */
    void leave(IntegrationFlush flush) {
        Deque<IntegrationFlush> lane = lanes.get(flush.key());
        if (lane == null) {
            return;
        }
        boolean first = lane.peekFirst() == flush;
        lane.remove(flush);
        if (lane.isEmpty()) {
            lanes.remove(flush.key());
        } else if (first) {
            lane.getFirst().decide();
        }
    }
}
