package dev.tocsin.core.replicate;

import java.util.BitSet;
import java.util.List;

/**
 * What the stores tell the peers. Called on the hub loop only; never blocks. Whether peers have taken something is told
 * by a callback that always comes: the peers are waited for, but not for long.
 */
public interface Replication {
    /**
     * Alerts have changed.
     *
     * @param records in the encoding of the alert store
     * @param count how many alerts they hold
     * @param held runs on the hub loop, perhaps before this method returns, when enough peers have them or the wait is over
     */
    void alerts(List<byte[]> records, int count, Runnable held);

    /**
     * Silences have changed.
     *
     * @param records one version of a silence each, in the encoding of the silence store
     * @param held as in {@link #alerts}
     */
    void silences(List<byte[]> records, Runnable held);

    /**
     * Some alerts are about to end only because nobody has said for long that they go on. What peers know of them is
     * joined when it comes.
     *
     * @param buckets those of {@link Buckets} that the alerts are in
     */
    default void ask(BitSet buckets) {}

    /** The node has no peers. */
    record Alone() implements Replication {
        @Override
        public void alerts(List<byte[]> records, int count, Runnable held) {
            held.run();
        }

        @Override
        public void silences(List<byte[]> records, Runnable held) {
            held.run();
        }
    }
}
