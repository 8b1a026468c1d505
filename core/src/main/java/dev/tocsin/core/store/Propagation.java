package dev.tocsin.core.store;

import dev.tocsin.core.replicate.Countdown;
import dev.tocsin.core.replicate.Replication;
import dev.tocsin.core.runtime.Clock;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what has changed to the disk and to the peers. On the hub loop only. */
final class Propagation {
    private final AlertLog log;
    private final Clock clock;
    private final RecentlyTold recentlyTold = new RecentlyTold();
    private Replication peers = new Replication.Alone();

    Propagation(AlertLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    void replicateThrough(Replication replication) {
        peers = replication;
    }

    /** {@code done} runs, at once or later, when it is written and enough peers have it. */
    void save(List<StoredAlert> material, Instant now, Runnable done) {
        if (material.isEmpty()) {
            done.run();
            return;
        }
        List<byte[]> records = AlertLog.records(material, now);
        Countdown both = new Countdown(2, done);
        log.append(records, material.size(), both);
        peers.alerts(records, material.size(), both);
    }

    /**
     * The same for what has come from a peer.
     *
     * @param record the bytes of {@code material} as the peer has written them; null if they have to be made
     * @param more those of {@code material} that this node knows more of than the peer
     */
    void join(List<StoredAlert> material, byte @Nullable [] record, List<StoredAlert> more, Instant now) {
        if (!material.isEmpty()) {
            List<byte[]> records = record == null ? AlertLog.records(material, now) : List.of(record);
            log.append(records, material.size(), () -> {});
        }
        if (!more.isEmpty()) {
            peers.alerts(AlertLog.records(more, now), more.size(), () -> {});
        }
    }

    /** Whether a peer that knows less of an alert may be told now; it counts as told then. */
    boolean mayTell(long fingerprint) {
        return recentlyTold.mayTell(fingerprint, clock.nanoTime());
    }

    /** Asks the peers for what they know of the alerts in these buckets. */
    void ask(BitSet buckets) {
        if (!buckets.isEmpty()) {
            peers.ask(buckets);
        }
    }
}
