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

    /** Whether all live nodes are warm and have this node's configuration: they come to the same conclusions. */
    static boolean areAlike(Members members) {
        String ours = configHash(members, members.self());
        for (String node : members.live()) {
            Members.Info info = members.info(node);
            if (info == null || !info.warm() || !info.configHash().equals(ours)) {
                return false;
            }
        }
        return true;
    }
}
