package dev.tocsin.core.journal;

import dev.tocsin.core.runtime.Cancellable;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The journals of all nodes, as those see it who ask any of them. Safe for all threads; answers come on the hub loop. A
 * node that does not answer in time is named in the answer, which then has what the others know.
 */
public interface ClusterJournal {
    /**
     * As {@link JournalReader#query}, of all nodes.
     *
     * @param patience how long a node may take
     * @return never fails but for an {@link IllegalArgumentException} if {@code limit} is out of bounds
     */
    CompletionStage<JournalPage> query(JournalFilter filter, JournalCursor before, int limit, Duration patience);

    /** As {@link JournalReader#read}, of all nodes. */
    CompletionStage<JournalPage> read(JournalFilter filter, JournalCursor from, int limit, Duration patience);

    /**
     * Calls {@code grown} on the hub loop after a journal of any live node has grown, perhaps once for many events: then
     * {@link #read} on. One listener for many readers is kinder to the cluster than one for each.
     *
     * @return stops that; on the hub loop
     */
    Cancellable listen(Runnable grown);
}
