package dev.tocsin.core.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a log entry knows of: for each replica id the highest claim counter that its author had seen. Immutable; safe for
 * all threads.
 *
 * <p>{@link #atMost} is a partial order and {@link #join} its least upper bound. An entry whose vector is at most another
 * one's was known to the author of the other one and counts no more.
 */
public final class VersionVector {
    /** Knows of nothing. */
    public static final VersionVector EMPTY = new VersionVector(new long[0], new long[0]);

    /** Rising; the counter of a node stands at the same place in {@link #counters} and is positive. */
    private final long[] nodes;

    private final long[] counters;

    private VersionVector(long[] nodes, long[] counters) {
        this.nodes = nodes;
        this.counters = counters;
    }

    /** The number of nodes it knows of. */
    public int size() {
        return nodes.length;
    }

    /** Whether it knows of nothing. */
    public boolean isEmpty() {
        return nodes.length == 0;
    }

    /** The counter of {@code node}; 0 if the vector does not know of it. */
    public long counter(long node) {
        int at = Arrays.binarySearch(nodes, node);
        return at < 0 ? 0 : counters[at];
    }

    /** The node at {@code index} below {@link #size}, by rising node. */
    long nodeAt(int index) {
        return nodes[index];
    }

    /** The counter of {@link #nodeAt}; positive. */
    long counterAt(int index) {
        return counters[index];
    }

    /** Hands each node and its counter to {@code visitor}, by rising node. */
    public void forEach(Visitor visitor) {
        for (int i = 0; i < nodes.length; i++) {
            visitor.visit(nodes[i], counters[i]);
        }
    }

    /** Takes the parts of a vector. */
    @FunctionalInterface
    public interface Visitor {
        /** One node with its counter. */
        void visit(long node, long counter);
    }

    /** Whether {@code other} knows of everything that this vector knows of. */
    public boolean atMost(VersionVector other) {
        for (int i = 0; i < nodes.length; i++) {
            if (counters[i] > other.counter(nodes[i])) {
                return false;
            }
        }
        return true;
    }

    /** This vector, knowing of {@code counter} of {@code node} as well; a counter never falls. */
    public VersionVector with(long node, long counter) {
        if (counter <= counter(node)) {
            return this;
        }
        return merge(new long[] {node}, new long[] {counter});
    }

    /** The vector that knows of what either knows of. */
    public VersionVector join(VersionVector other) {
        if (other.atMost(this)) {
            return this;
        }
        return atMost(other) ? other : merge(other.nodes, other.counters);
    }

    private VersionVector merge(long[] otherNodes, long[] otherCounters) {
        long[] ids = new long[nodes.length + otherNodes.length];
        long[] values = new long[ids.length];
        int i = 0;
        int j = 0;
        int filled = 0;
        while (i < nodes.length || j < otherNodes.length) {
            if (j == otherNodes.length || (i < nodes.length && nodes[i] < otherNodes[j])) {
                ids[filled] = nodes[i];
                values[filled++] = counters[i++];
            } else if (i == nodes.length || otherNodes[j] < nodes[i]) {
                ids[filled] = otherNodes[j];
                values[filled++] = otherCounters[j++];
            } else {
                ids[filled] = nodes[i];
                values[filled++] = Math.max(counters[i++], otherCounters[j++]);
            }
        }
        return new VersionVector(Arrays.copyOf(ids, filled), Arrays.copyOf(values, filled));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionVector vector
                && Arrays.equals(nodes, vector.nodes)
                && Arrays.equals(counters, vector.counters);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(nodes) * 31 + Arrays.hashCode(counters);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < nodes.length; i++) {
            out.append(i == 0 ? "" : ", ")
                    .append(Long.toHexString(nodes[i]))
                    .append('=')
                    .append(counters[i]);
        }
        return out.append('}').toString();
    }
}
