package dev.tocsin.core.log;

/** The names of the nodes behind replica ids, for people. Used on the hub loop only. */
@FunctionalInterface
public interface NodeNames {
    /** Knows no names but those that nodes have if they are given none. */
    NodeNames DEFAULTS = NodeNames::defaultName;

    /** The name of the node with this replica id; its default name if it is not known. */
    String nameOf(long replica);

    /** The name that a node has if it is given none. */
    static String defaultName(long replica) {
        return replica == LogEntry.FOREIGN ? "Alertmanager" : "node-" + Long.toHexString(replica);
    }
}
