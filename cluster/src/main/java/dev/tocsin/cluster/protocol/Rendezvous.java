package dev.tocsin.cluster.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which node comes first for which group: highest random weight ("rendezvous") hashing of (node, group key). The order
 * of two nodes never depends on which others there are, and each node comes first for its share of the groups. A pure
 * function.
 */
public final class Rendezvous {
    private Rendezvous() {}

    private record Weighted(String node, long weight) {}

    private static final Comparator<Weighted> BEST_FIRST =
            Comparator.comparingLong(Weighted::weight).reversed().thenComparing(Weighted::node);

    /** {@code nodes}, best-ranked first; unmodifiable. */
    public static List<String> rank(Collection<String> nodes, String groupKey) {
        long group = hash(groupKey);
        List<Weighted> weighted = new ArrayList<>(nodes.size());
        for (String node : nodes) {
            weighted.add(new Weighted(node, mix(hash(node) ^ group)));
        }
        weighted.sort(BEST_FIRST);
        return weighted.stream().map(Weighted::node).toList();
    }

    /** Nodes of which one comes first for each group. Immutable: what depends on the nodes alone is made once. */
    static final class Candidates {
        private final List<String> nodes;
        private final long[] hashes;

        Candidates(Collection<String> nodes) {
            this.nodes = List.copyOf(nodes);
            this.hashes = new long[this.nodes.size()];
            for (int i = 0; i < hashes.length; i++) {
                hashes[i] = hash(this.nodes.get(i));
            }
        }

        List<String> nodes() {
            return nodes;
        }

        /** The best-ranked one; null if there is none. */
        @Nullable String first(String groupKey) {
            long group = hash(groupKey);
            String best = null;
            long most = 0;
            for (int i = 0; i < hashes.length; i++) {
                String node = nodes.get(i);
                long weight = mix(hashes[i] ^ group);
                if (best == null || weight > most || (weight == most && node.compareTo(best) < 0)) {
                    best = node;
                    most = weight;
                }
            }
            return best;
        }
    }

    /** FNV-1a over UTF-16 units, finished so that texts that differ little differ much. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
