package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.core.log.ClaimId;
import java.util.Collection;
import java.util.List;

/**
 * The claims that a peer sends for, as it listed them last. Immutable.
 *
 * @param incarnation the peer's
 * @param digest over {@code ids}
 */
record OpenClaims(int incarnation, long digest, List<ClaimId> ids) {
    /** A sum of the ids that does not depend on their order. */
    static long digest(Collection<ClaimId> ids) {
        long sum = 0;
        for (ClaimId id : ids) {
            long bits = id.node() * 0x9e3779b97f4a7c15L + id.incarnation() * 0xd1b54a32d192ed03L + id.counter();
            bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
            bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
            sum += bits ^ (bits >>> 31);
        }
        return sum;
    }
}
