package dev.tocsin.it.sim.history;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.BiPredicate;

/** Who can talk to whom, both ways and fast enough; a node that does not run, or stands still, talks to nobody. */
public final class Topology {
    private final int warm;
    private final boolean clean;
    private final int left;
    private final int[] reach;

    /**
     * A state of the world.
     *
     * @param warm the nodes that know what the others know, as bits
     * @param clean whether messages between them are neither lost nor slow
     * @param left the nodes that have said goodbye and do not count, as bits
     * @param reach for each node the nodes it can talk to, itself included, as bits; 0 if it does not run
     */
    public Topology(int warm, boolean clean, int left, int... reach) {
        this.warm = warm;
        this.left = left;
        this.clean = clean;
        this.reach = reach.clone();
    }

    /** The same, but of different nodes only those can talk to each other for whom this holds, too. */
    public Topology where(BiPredicate<Integer, Integer> holds) {
        int[] reached = reach.clone();
        for (int i = 0; i < reach.length; i++) {
            for (int j = 0; j < reach.length; j++) {
                if (i != j && !holds.test(i, j)) {
                    reached[i] &= ~(1 << j);
                }
            }
        }
        return new Topology(warm, clean, left, reached);
    }

    /** Whether messages between the nodes are neither lost nor slow. */
    public boolean clean() {
        return clean;
    }

    /** How many nodes count, running or not. */
    public int known() {
        return reach.length - Integer.bitCount(left);
    }

    /** Whether node {@code a} runs and can talk to {@code b}. */
    public boolean connected(int a, int b) {
        return (reach[a] >>> b & 1) == 1;
    }

    /** Whether every node that runs knows what the others know. */
    public boolean allWarm() {
        for (int i = 0; i < reach.length; i++) {
            if (reach[i] != 0 && (warm >>> i & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the node runs. */
    public boolean runs(int node) {
        return reach[node] != 0;
    }

    /** Whether any node runs. */
    public boolean runs() {
        return Arrays.stream(reach).anyMatch(nodes -> nodes != 0);
    }

    /** The most nodes that can all talk to each other and to {@code node}, itself included. */
    public int clique(int node) {
        int best = 0;
        int size = reach.length;
        for (int set = 1; set < 1 << size; set++) {
            if ((set >>> node & 1) == 1 && Integer.bitCount(set) > best && isClique(set)) {
                best = Integer.bitCount(set);
            }
        }
        return best;
    }

    private boolean isClique(int set) {
        for (int i = 0; i < reach.length; i++) {
            if ((set >>> i & 1) == 1 && (reach[i] & set) != set) {
                return false;
            }
        }
        return true;
    }

    /** Whether a strict majority can all talk to each other. */
    public boolean hasMajority() {
        return hasMajorityOf(-1);
    }

    /** Whether a strict majority, all of it warm, can all talk to each other. */
    public boolean hasWarmMajority() {
        return hasMajorityOf(warm);
    }

    private boolean hasMajorityOf(int allowed) {
        for (int set = 1; set < 1 << reach.length; set++) {
            if ((set & allowed) == set && 2 * Integer.bitCount(set) > known() && isClique(set)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the node belongs to a strict majority that can all talk to each other. */
    public boolean inMajority(int node) {
        return reach[node] != 0 && 2 * clique(node) > known();
    }

    /** For people: {@code n1 n3}. */
    static String names(int set) {
        StringJoiner names = new StringJoiner(" ", "{", "}");
        for (int i = 0; i < Integer.SIZE; i++) {
            if ((set >>> i & 1) == 1) {
                names.add("n" + (i + 1));
            }
        }
        return names.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Topology topology
                && warm == topology.warm
                && clean == topology.clean
                && left == topology.left
                && Arrays.equals(reach, topology.reach);
    }

    @Override
    public int hashCode() {
        return 31 * (warm + 127 * left) + Arrays.hashCode(reach);
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < reach.length; i++) {
            text.add("n" + (i + 1) + names(reach[i]));
        }
        return text + ", warm " + names(warm) + (clean ? "" : ", bad ways")
                + (left == 0 ? "" : ", left " + names(left));
    }
}
