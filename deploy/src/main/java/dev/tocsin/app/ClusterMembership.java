package dev.tocsin.app;

import dev.tocsin.cluster.protocol.MemberTable;
import dev.tocsin.cluster.protocol.Rendezvous;
import dev.tocsin.core.hub.HubStatus;
import dev.tocsin.core.hub.Membership;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the interfaces show of the cluster: this node is listed from the first moment on.
 *
 * @param nodeName this node's name
 * @param address the address that others are told, {@code ip:port}
 */
record ClusterMembership(String nodeName, String address, MemberTable members) implements Membership {
    @Override
    public String status() {
        return members.warm() ? "ready" : "settling";
    }

    @Override
    public List<HubStatus.Peer> peers() {
        List<HubStatus.Peer> all = new ArrayList<>(members.peers());
        all.add(new HubStatus.Peer(nodeName, address));
        all.sort(Comparator.comparing(HubStatus.Peer::name));
        return List.copyOf(all);
    }

    /** This node's place among the live ones by name, from 0; any thread may call it. */
    int position() {
        int position = 0;
        for (HubStatus.Peer peer : members.peers()) {
            if (peer.name().compareTo(nodeName) < 0) {
                position++;
            }
        }
        return position;
    }

    @Override
    public List<String> ranking(String groupKey) {
        return Rendezvous.rank(peers().stream().map(HubStatus.Peer::name).toList(), groupKey);
    }
}
