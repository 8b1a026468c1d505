package dev.tocsin.core.log;

import org.jspecify.annotations.Nullable;

/**
 * The name of one claim to notify; no other claim of any node ever has it.
 *
 * @param node the replica id of the node that claims
 * @param incarnation the node's count of starts
 * @param counter grows with each claim of the node and never restarts while its replica id lives
 */
public record ClaimId(long node, int incarnation, long counter) implements Comparable<ClaimId> {
    /** By counter, then node, then incarnation: for claims of one node the order in which they were made. */
    @Override
    public int compareTo(ClaimId other) {
        int order = Long.compare(counter, other.counter);
        if (order == 0) {
            order = Long.compareUnsigned(node, other.node);
        }
        return order == 0 ? Integer.compare(incarnation, other.incarnation) : order;
    }

    /** Written out, as is {@link #equals}: what records come with is slow unless C2 compiles it, and this is a key of maps. */
    @Override
    public int hashCode() {
        return 31 * Long.hashCode(counter) + Long.hashCode(node) + incarnation;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClaimId id && counter == id.counter && node == id.node && incarnation == id.incarnation;
    }

    /** For people: {@code 00000000000000a1.3.77}. */
    @Override
    public String toString() {
        String digits = Long.toHexString(node);
        return "0".repeat(16 - digits.length()) + digits + "." + incarnation + "." + counter;
    }
}
