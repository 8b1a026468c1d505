package dev.tocsin.core.log;

import dev.tocsin.core.notify.ReceiverValue;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/**
 * A notification that a receiver accepted. Immutable.
 *
 * @param key whom it told about what
 * @param sequence its number among the notifications of the key
 * @param version what its author knew of, its own claim included
 * @param firing the alerts that it knew to fire, muted ones left out
 * @param resolved the alerts that it knew to have resolved, also if the receiver is not told about those
 * @param receiverData what the integration stored with it; may be empty
 * @param sentAt when the receiver's answer was read
 * @param expiresAt when it is forgotten
 * @param node the replica id of the node that sent it; {@link #FOREIGN} if another program's snapshot told of it
 * @param marked whether it went out as a possible repeat
 */
public record LogEntry(
        LogKey key,
        long sequence,
        VersionVector version,
        AlertHashes firing,
        AlertHashes resolved,
        Map<String, ReceiverValue> receiverData,
        Instant sentAt,
        Instant expiresAt,
        long node,
        boolean marked) {

    /** The replica id that stands for Alertmanager. No node draws it. */
    public static final long FOREIGN = 0;

    /** The highest (sequence, time, replica) first: of concurrent entries the first one's receiver data counts. */
    static final Comparator<LogEntry> BEST_FIRST = Comparator.comparingLong(LogEntry::sequence)
            .thenComparing(LogEntry::sentAt)
            .thenComparingLong(LogEntry::node)
            .reversed();

    /** Copies the map. */
    public LogEntry {
        receiverData = Map.copyOf(receiverData);
    }

    /** The key that the receiver got to recognise copies of this notification. */
    public String idempotencyKey() {
        return IdempotencyKey.of(key, sequence, firing, resolved);
    }
}
