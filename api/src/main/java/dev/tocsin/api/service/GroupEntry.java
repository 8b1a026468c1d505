package dev.tocsin.api.service;

import dev.tocsin.core.hub.GroupView;
import java.util.List;

/**
 * A group as clients see it.
 *
 * @param name unique in the cluster
 * @param ranking the live nodes in the order of their turns, the owner first; empty if clustering is off
 */
public record GroupEntry(String name, GroupView view, List<String> ranking) {
    /** Copies the list. */
    public GroupEntry {
        ranking = List.copyOf(ranking);
    }

    /** The node that tells the group; empty if clustering is off. */
    public String owner() {
        return ranking.isEmpty() ? "" : ranking.getFirst();
    }

    /** The time intervals that mute the group; may be empty. */
    public List<String> mutedBy() {
        return view.alerts().isEmpty() ? List.of() : view.alerts().getFirst().mutedBy();
    }
}
