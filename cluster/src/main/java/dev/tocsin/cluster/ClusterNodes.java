package dev.tocsin.cluster;

import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.core.explain.Nodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What explanations say of the cluster: the members as the turns and the claims see them. Used on the hub loop only.
 *
 * @param replica this node's replica id
 */
record ClusterNodes(Members members, long replica) implements Nodes {
    @Override
    public String self() {
        return members.self();
    }

    @Override
    public List<String> order(String groupKey) {
        return members.eligible(groupKey);
    }

    @Override
    public Map<Long, String> replicas() {
        Map<Long, String> names = new HashMap<>();
        for (String node : members.known()) {
            Members.Info info = members.info(node);
            if (info != null) {
                names.put(info.replica(), node);
            }
        }
        names.put(replica, members.self());
        return names;
    }

    @Override
    public String hindrance() {
        if (members.draining()) {
            return "it is about to leave";
        }
        if (!members.warm()) {
            return "it does not know yet what the others know";
        }
        int live = members.live().size();
        int known = members.known().size();
        return 2 * live > known ? "" : "it reaches only " + live + " of " + known + " nodes, itself included";
    }
}
