package dev.tocsin.cluster.protocol.sync;

import dev.tocsin.cluster.protocol.Members;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Knows messages of exchanges again whose acknowledgement came so late that the peer has sent them once more: to join a page
 * takes long, a pull that comes twice makes all its pages twice, and a node that is short of time must not do that. What is
 * said in answer is repeated by itself until the peer has it. Bounded: {@link #KEPT} of each live peer. On the hub loop
 * only.
 */
final class RepeatedMessages {
    /** More than a peer mostly has on their way at a time. */
    private static final int KEPT = 64;

    private final Members members;
    private final Map<String, Seen> seen = new HashMap<>();

    /** What one process has sent. */
    private record Seen(long replica, int incarnation, Set<Long> deliveries) {}

    RepeatedMessages(Members members) {
        this.members = members;
    }

    /**
     * Whether this message has been taken; it counts as taken from now on.
     *
     * @param delivery its number among all that the peer's process has sent; 0 if it has none
     */
    boolean has(String peer, long delivery) {
        Members.Info sender = members.info(peer);
        if (sender == null || delivery == 0) {
            return false;
        }
        Seen before = seen.get(peer);
        if (before == null || before.replica != sender.replica() || before.incarnation != sender.incarnation()) {
            before = new Seen(sender.replica(), sender.incarnation(), new LinkedHashSet<>());
            seen.put(peer, before);
        }
        if (!before.deliveries.add(delivery)) {
            return true;
        }
        if (before.deliveries.size() > KEPT) {
            before.deliveries.remove(before.deliveries.iterator().next());
        }
        return false;
    }

    /** Forgets what peers have sent that are gone. */
    void retain(Set<String> live) {
        seen.keySet().retainAll(live);
    }
}
