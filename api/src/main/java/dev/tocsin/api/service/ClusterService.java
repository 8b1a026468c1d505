package dev.tocsin.api.service;

import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.hub.Membership;
import java.util.ArrayList;
import java.util.List;

/** The cluster as this node sees it. Safe for all threads. */
public final class ClusterService {
    private final Hub hub;

    /**
     * A live node.
     *
     * @param address the {@code ip:port} that other nodes know
     * @param self whether it is this node
     */
    public record Node(String name, String address, boolean self) {}

    /**
     * The nodes.
     *
     * @param status {@code ready}, {@code settling} or {@code disabled}
     * @param node this node's name; empty if clustering is off
     * @param nodes the live ones, this one included, sorted by name; empty if clustering is off
     */
    public record Members(String status, String node, List<Node> nodes) {
        /** Copies the list. */
        public Members {
            nodes = List.copyOf(nodes);
        }
    }

    /** The cluster of {@code hub}. */
    public ClusterService(Hub hub) {
        this.hub = hub;
    }

    /** Who answers. */
    public Members members() {
        Membership membership = hub.membership();
        String self = membership.nodeName();
        List<Node> nodes = new ArrayList<>();
        membership
                .peers()
                .forEach(peer -> nodes.add(
                        new Node(peer.name(), peer.address(), peer.name().equals(self))));
        return new Members(membership.status(), self, nodes);
    }
}
