package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.TickDone;
import java.util.Iterator;
import java.util.List;

/**
 * When groups were told and when they are due next, for a node that joins or comes back: its groups then ring with those of
 * the others. Nothing of it is kept on a disk. Used on the hub loop only.
 */
public interface Schedule {
    /**
     * What this node knows of its groups, to be read piece by piece, each told as it stands when it is read; empty while the
     * node is cold, because its own timers mean nothing then.
     */
    Iterator<TickDone> entries();

    /**
     * Takes what a warm peer knows. Give it after the peer's alerts and log have been merged and before this node is warm:
     * what is said of groups that do not exist here is dropped.
     */
    void learn(String peer, List<TickDone> entries);
}
