package dev.tocsin.core.store.silence;

import dev.tocsin.core.replicate.PeerClock;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.snapshot.SilenceSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Which of two copies of a silence counts: the one updated later, and of equally late ones that with the greater bytes,
 * so that all nodes agree whatever the order in which copies reach them. Idempotent, commutative and associative.
 *
 * <p>The time of an update is the name of a version and the same on every node. When a silence begins and ends is by each
 * node's own clock, so copies are compared by how long it lasts.
 */
final class SilenceMerge {
    private SilenceMerge() {}

    /** The copy that counts; {@code known} itself if both are equal. */
    static Silence newer(Silence known, Silence other) {
        int order = known.updatedAt().compareTo(other.updatedAt());
        if (order == 0 && !known.equals(other)) {
            order = Arrays.compareUnsigned(content(known), content(other));
        }
        if (order == 0) {
            order = other.startsAt().compareTo(known.startsAt());
        }
        return order >= 0 ? known : other;
    }

    /** The bytes of a version: the same whatever the clock of the node that has it. */
    static byte[] content(Silence silence) {
        return SilenceSnapshot.encodeRecord(moved(silence, Duration.between(silence.startsAt(), Instant.EPOCH)));
    }

    /** A silence of another node, in force here for as long as there. */
    static Silence by(PeerClock peer, Silence silence) {
        boolean sameState = peer.isOverHereToo(silence.startsAt()) && peer.isOverHereToo(silence.endsAt());
        Duration offset = sameState ? peer.offset() : peer.exact().offset();
        return offset.isZero() ? silence : moved(silence, offset);
    }

    /** All its times moved, so that it lasts as long. */
    private static Silence moved(Silence silence, Duration by) {
        return new Silence(
                silence.id(),
                silence.matcherSets(),
                silence.startsAt().plus(by),
                silence.endsAt().plus(by),
                silence.updatedAt(),
                silence.createdBy(),
                silence.comment(),
                silence.annotations(),
                silence.expiresAt().plus(by));
    }
}
