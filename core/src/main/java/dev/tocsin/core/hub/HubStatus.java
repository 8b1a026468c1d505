package dev.tocsin.core.hub;

import java.time.Instant;
import java.util.List;

/**
 * The node's status (contract section 7.4).
 *
 * @param nodeName the node's cluster name; empty if clustering is off
 * @param clusterStatus {@code ready}, {@code settling} or {@code disabled}
 * @param peers the live members, this node included, sorted by name; empty if clustering is off
 * @param configText the normalised configuration, secrets masked
 * @param startedAt when the node's interfaces started
 */
public record HubStatus(String nodeName, String clusterStatus, List<Peer> peers, String configText, Instant startedAt) {
    /**
     * A live member.
     *
     * @param address {@code ip:port}
     */
    public record Peer(String name, String address) {}
}
