package dev.tocsin.cluster.atomix;

import dev.tocsin.cluster.atomix.link.DnsLookup;
import dev.tocsin.cluster.atomix.link.HostAndPort;
import dev.tocsin.cluster.atomix.link.LinkOptions;
import dev.tocsin.cluster.atomix.link.PeerOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a node takes part in the cluster.
 *
 * @param name this node's name, 1 to 255 bytes, unique in the cluster
 * @param listenAddress {@code host:port} with an IP address or nothing as the host; port 0 for any
 * @param advertiseAddress {@code ip:port} that others are told, port 0 for the bound one; empty to find one
 * @param publicAllowed whether the address that is found may be a public one
 * @param peers {@code host:port} of nodes to join, or names of service records
 * @param label nodes with another one are refused; at most 255 bytes
 */
public record TransportOptions(
        String name,
        String listenAddress,
        String advertiseAddress,
        boolean publicAllowed,
        List<String> peers,
        String label,
        SwimTimings swim,
        LinkOptions links,
        PeerOptions search) {
    private static final int MAX_BYTES = 255;

    /**
     * Checks everything that can be checked without the network.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public TransportOptions {
        peers = List.copyOf(peers);
        int nameBytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes == 0 || nameBytes > MAX_BYTES) {
            throw new IllegalArgumentException("a peer's name must have 1 to 255 bytes, not " + nameBytes);
        }
        if (label.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("the cluster's label must not be longer than 255 bytes");
        }
        HostAndPort.parse(listenAddress);
        if (!advertiseAddress.isEmpty()) {
            HostAndPort.parse(advertiseAddress);
        }
        for (String peer : peers) {
            if (!DnsLookup.isService(peer)) {
                HostAndPort.parse(peer);
            }
        }
    }

    /** Options that leave everything else as it is by default. */
    public static TransportOptions of(String name, String listenAddress, List<String> peers) {
        return new TransportOptions(
                name,
                listenAddress,
                "",
                false,
                peers,
                "",
                SwimTimings.DEFAULTS,
                LinkOptions.DEFAULTS,
                PeerOptions.DEFAULTS);
    }
}
