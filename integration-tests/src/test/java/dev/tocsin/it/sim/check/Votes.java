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

/** Who answers whom and may grant: a node that has just started answers, but has no vote. */
final class Votes {
    /** For so long after its start: it may have granted before it died. */
    private static final long NONE = 4 * Observed.SECOND;

    private final Map<Integer, NavigableSet<Long>> starts = new HashMap<>();
    private final NavigableMap<Long, Topology> voting = new TreeMap<>();

    /** @param answering who answers whom, by the time of each change */
    Votes(History history, NavigableMap<Long, Topology> answering) {
        NavigableSet<Long> changes = new TreeSet<>(answering.keySet());
        history.all(Happening.Interference.class)
                .filter(one -> one.what().contains(" starts") && one.what().startsWith("n"))
                .forEach(one -> {
                    int node =
                            Integer.parseInt(one.what().substring(1, one.what().indexOf('.'))) - 1;
                    starts.computeIfAbsent(node, key -> new TreeSet<>()).add(one.at());
                    changes.add(one.at());
                    changes.add(one.at() + NONE);
                });
        for (long change : changes) {
            Topology now = answering.floorEntry(change).getValue();
            voting.put(change, now.where((i, j) -> hasVote(i, change) && hasVote(j, change)));
        }
    }

    private boolean hasVote(int node, long at) {
        Long start = starts.getOrDefault(node, new TreeSet<>()).floor(at);
        return start == null || at - start >= NONE;
    }

    /** By the time of each change. */
    NavigableMap<Long, Topology> voting() {
        return voting;
    }
}
