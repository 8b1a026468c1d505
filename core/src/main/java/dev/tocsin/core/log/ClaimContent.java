package dev.tocsin.core.log;

import dev.tocsin.core.notify.NotificationReason;
import java.time.Instant;
import java.util.Comparator;

/**
 * What a claim wants to tell. While the claim runs it is an <em>intent</em>; if nobody knows whether the receiver
 * accepted, it stays as a <em>maybe</em>. Immutable.
 *
 * @param id the claim
 * @param key whom it tells about what
 * @param sequence the number that the notification gets
 * @param version what the claimant knew of, this claim included
 * @param firing the alerts that fire, muted ones left out
 * @param resolved the alerts that have resolved, also if the receiver is not told about those
 * @param reason why it is sent
 * @param marked whether it goes out as a possible repeat
 * @param since when it was claimed
 * @param expiresAt when it is forgotten
 */
public record ClaimContent(
        ClaimId id,
        LogKey key,
        long sequence,
        VersionVector version,
        AlertHashes firing,
        AlertHashes resolved,
        NotificationReason reason,
        boolean marked,
        Instant since,
        Instant expiresAt) {

    /** The lowest sequence first, claims of one node in the order in which they were made. */
    static final Comparator<ClaimContent> OLDEST_FIRST =
            Comparator.comparingLong(ClaimContent::sequence).thenComparing(ClaimContent::id);

    /** Whether it tells of exactly these alerts. */
    public boolean tells(AlertHashes otherFiring, AlertHashes otherResolved) {
        return firing.equals(otherFiring) && resolved.equals(otherResolved);
    }

    /** The key by which the receiver can recognise copies of this notification. */
    public String idempotencyKey() {
        return IdempotencyKey.of(key, sequence, firing, resolved);
    }
}
