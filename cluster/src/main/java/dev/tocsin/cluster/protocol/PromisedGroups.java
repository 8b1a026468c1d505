package dev.tocsin.cluster.protocol;

import dev.tocsin.core.log.LogKey;

/** What this node has promised to other nodes, for those that wait for their turn. Used on the hub loop only. */
public interface PromisedGroups {
    /** Hears of promises that end. */
    @FunctionalInterface
    interface Listener {
        /** A promise to another node for {@code key} ended, and the receiver has accepted nothing for all one knows. */
        void freed(LogKey key);
    }

    /** Whether another node holds a promise of this node for a key of this group and receiver. */
    boolean promised(String groupKey, String receiver);

    /** Calls {@code listener} from now on. */
    void listen(Listener listener);
}
