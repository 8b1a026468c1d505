package dev.tocsin.cluster.atomix.link;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node that was met, here or by others. On the hub loop only. */
final class Peer {
    final String name;
    /** Where it can be reached, {@code ip:port}. */
    String address;
    /** Its run, 0 as long as it was only heard of. */
    long run;
    /** The connection on which it is sent to. */
    @Nullable Link out;
    /** The connections that it opened. */
    final Set<Link> in = new HashSet<>();
    /** Whether it has ever been connected. */
    boolean met;

    Peer(String name, String address) {
        this.name = name;
        this.address = address;
    }

    boolean heardWithin(long nanos, long nowNanos) {
        if (out != null && out.heardWithin(nanos, nowNanos)) {
            return true;
        }
        for (Link link : in) {
            if (link.heardWithin(nanos, nowNanos)) {
                return true;
            }
        }
        return false;
    }

    boolean linked() {
        return out != null || !in.isEmpty();
    }
}
