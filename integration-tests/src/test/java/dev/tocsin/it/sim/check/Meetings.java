package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.History;
import dev.tocsin.it.sim.history.Topology;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When nodes have met that reach each other. That their ways are free does not make them a connection yet, if the cut was
 * so long that they have lost theirs; a node that starts makes one at once.
 */
final class Meetings {
    /** A connection outlives a cut of so long, and what was sent into the cut arrives after it. */
    private static final long CONNECTION = 3 * Observed.SECOND;

    /**
     * So long after a longer cut nodes have met at the latest: an attempt that began in the cut has failed, and the next one
     * is made. Should they take longer, that is nobody's excuse.
     */
    private static final long LONGEST = 1_250 * Observed.MILLI;

    private final int nodes;
    private final Map<Integer, NavigableSet<Long>> connections = new HashMap<>();
    private final Map<Long, long[][]> met = new HashMap<>();
    private final NavigableMap<Long, Topology> answering = new TreeMap<>();

    /** @param ways who could talk to whom, by the time of each change */
    Meetings(History history, NavigableMap<Long, Topology> ways, int nodes) {
        this.nodes = nodes;
        history.all(Happening.Met.class)
                .forEach(one -> connections
                        .computeIfAbsent(pair(one.one(), one.other()), pair -> new TreeSet<>())
                        .add(one.at()));
        long[][] current = new long[nodes][nodes];
        long[][] cut = new long[nodes][nodes];
        @Nullable Topology before = null;
        for (Map.Entry<Long, Topology> change : ways.entrySet()) {
            long at = Math.max(0, change.getKey());
            Topology now = change.getValue();
            for (int i = 0; i < nodes; i++) {
                for (int j = 0; j < i; j++) {
                    boolean was = before != null && before.connected(i, j);
                    if (was && !now.connected(i, j)) {
                        cut[i][j] = at;
                    } else if (!was && now.connected(i, j)) {
                        boolean isLost =
                                before != null && before.runs(i) && before.runs(j) && at - cut[i][j] > CONNECTION;
                        current[i][j] = isLost ? connected(i, j, at) : at;
                    }
                    current[j][i] = current[i][j];
                }
            }
            before = now;
            note(change.getKey(), now, current, ways.higherKey(change.getKey()));
        }
    }

    private int pair(int one, int other) {
        return Math.min(one, other) * nodes + Math.max(one, other);
    }

    private long connected(int one, int other, long from) {
        Long at = connections.getOrDefault(pair(one, other), new TreeSet<>()).ceiling(from);
        return at == null ? from + LONGEST : Math.min(at, from + LONGEST);
    }

    private void note(long change, Topology now, long[][] current, @Nullable Long next) {
        long[][] here = new long[nodes][];
        NavigableSet<Long> times = new TreeSet<>();
        times.add(change);
        for (int i = 0; i < nodes; i++) {
            here[i] = current[i].clone();
            for (int j = 0; j < nodes; j++) {
                if (now.connected(i, j) && here[i][j] > change && (next == null || here[i][j] < next)) {
                    times.add(here[i][j]);
                }
            }
        }
        met.put(change, here);
        for (long time : times) {
            answering.put(
                    time, times.size() == 1 && !waits(now, here, time) ? now : now.where((i, j) -> here[i][j] <= time));
        }
    }

    private boolean waits(Topology now, long[][] here, long time) {
        for (int i = 0; i < nodes; i++) {
            for (int j = 0; j < nodes; j++) {
                if (now.connected(i, j) && here[i][j] > time) {
                    return true;
                }
            }
        }
        return false;
    }

    /** When two nodes have met that reach each other from a change of the ways on. */
    long of(int one, int other, long change) {
        return met.getOrDefault(change, new long[nodes][nodes])[one][other];
    }

    /** Who could talk to whom and had met, by the time of each change. */
    NavigableMap<Long, Topology> answering() {
        return answering;
    }
}
