package dev.tocsin.core.explain;

import java.util.List;
import java.util.Map;

/** What explaining must know of the cluster. Used on the hub loop only. */
public interface Nodes {
    /** The nodes that may flush the group with this key, best-ranked first: the very list by which turns are taken. */
    List<String> order(String groupKey);

    /** This node's name; empty if it has none. */
    String self();

    /** The names of the nodes whose replica ids are known, this one included; a copy. */
    Map<Long, String> replicas();

    /** Why this node may not notify now, as a clause; empty if it may. */
    String hindrance();

    /** A node without peers. */
    record Alone(String name, long replica) implements Nodes {
        @Override
        public List<String> order(String groupKey) {
            return List.of(name);
        }

        @Override
        public String self() {
            return name;
        }

        @Override
        public Map<Long, String> replicas() {
            return Map.of(replica, name);
        }

        @Override
        public String hindrance() {
            return "";
        }
    }
}
