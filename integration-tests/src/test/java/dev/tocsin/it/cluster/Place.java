package dev.tocsin.it.cluster;

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

    @Override
    void close();

    /** All on loopback. */
    record Loopback() implements Place {
        @Override
        public List<String> prefix(int node) {
            return List.of();
        }

        @Override
        public String webHost(int node) {
            return "127.0.0.1";
        }

        @Override
        public String clusterHost(int node) {
            return "127.0.0.1";
        }

        @Override
        public String receiverHost(int node) {
            return "127.0.0.1";
        }

        @Override
        public void close() {
            // nothing was made
        }
    }
}
