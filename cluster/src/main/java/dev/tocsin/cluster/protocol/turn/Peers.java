package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.cluster.protocol.Members;

/** Questions to {@link Members} about configurations. */
final class Peers {
    private Peers() {}

    /** The hash of a node's configuration; empty if it is not known. */
    static String configHash(Members members, String node) {
        Members.Info info = members.info(node);
        return info == null ? "" : info.configHash();
    }

    /** The generation of a node's configuration; 0 if it is not known. */
    static long configGeneration(Members members, String node) {
        Members.Info info = members.info(node);
        return info == null ? 0 : info.configGeneration();
    }
}
