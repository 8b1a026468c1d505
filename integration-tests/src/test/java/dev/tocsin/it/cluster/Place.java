package dev.tocsin.it.cluster;

import java.util.ArrayList;
import java.util.List;

/** Where the processes of a cluster run and by which addresses they reach each other and the receiver. */
interface Place extends AutoCloseable {
    /** What stands before the command that starts node {@code node}. */
    List<String> prefix(int node);

    /** The host at which senders reach the node. */
    String webHost(int node);

    /** The host at which the other nodes reach the node. */
    String clusterHost(int node);

    /** The host at which the node reaches what runs in this process. */
    String receiverHost(int node);

    /**
     * The flags by which the node listens for the others and finds them.
     *
     * @param ports of all nodes, on which they listen
     */
    default List<String> clusterFlags(int node, List<Integer> ports) {
        List<String> flags = new ArrayList<>();
        flags.add("--cluster.listen-address=" + clusterHost(node) + ":" + ports.get(node));
        for (int peer = 0; peer < ports.size(); peer++) {
            if (peer != node) {
                flags.add("--cluster.peer=" + clusterHost(peer) + ":" + ports.get(peer));
            }
        }
        return flags;
    }

    @Override
    void close();

    /** A place whose nodes can be cut off from each other, but not from senders and the receiver. */
    interface Divisible extends Place {
        /** What the node and the others send each other vanishes from now on; nothing is refused. */
        void cut(int node);

        /** It arrives again. */
        void heal(int node);
    }

    /** All on loopback. */
    record Loopback() implements Local {}

    /** What runs on loopback has in common. */
    interface Local extends Place {
        @Override
        default List<String> prefix(int node) {
            return List.of();
        }

        @Override
        default String webHost(int node) {
            return "127.0.0.1";
        }

        @Override
        default String clusterHost(int node) {
            return "127.0.0.1";
        }

        @Override
        default String receiverHost(int node) {
            return "127.0.0.1";
        }

        @Override
        default void close() {
            // nothing was made
        }
    }
}
