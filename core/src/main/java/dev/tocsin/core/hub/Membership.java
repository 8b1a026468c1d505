package dev.tocsin.core.hub;

import java.util.List;

/** What the hub knows of its cluster. Safe for all threads. */
public interface Membership {
    /** This node's name; empty if clustering is off. */
    String nodeName();

    /** {@code ready}, {@code settling} or {@code disabled}. */
    String status();

    /** The live members, this node included, sorted by name; empty if clustering is off. */
    List<HubStatus.Peer> peers();

    /**
     * The names of the live members in the order in which it is their turn to tell the group with this key: the first one
     * owns it. Empty if clustering is off.
     */
    List<String> ranking(String groupKey);

    /** A node that was told not to cluster. */
    record Disabled() implements Membership {
        @Override
        public String nodeName() {
            return "";
        }

        @Override
        public String status() {
            return "disabled";
        }

        @Override
        public List<HubStatus.Peer> peers() {
            return List.of();
        }

        @Override
        public List<String> ranking(String groupKey) {
            return List.of();
        }
    }

    /**
     * A node whose cluster is itself.
     *
     * @param address {@code ip:port}
     */
    record Alone(String nodeName, String address) implements Membership {
        @Override
        public String status() {
            return "ready";
        }

        @Override
        public List<HubStatus.Peer> peers() {
            return List.of(new HubStatus.Peer(nodeName, address));
        }

        @Override
        public List<String> ranking(String groupKey) {
            return List.of(nodeName);
        }
    }
}
