package dev.tocsin.core.replicate;

/**
 * What a node has of a channel, in so few words that two nodes can compare: one order-free sum of hashes for each of
 * {@link #COUNT} buckets. Nodes that have the same have the same sums; a bucket whose sums differ holds what one of them
 * lacks. Used by one thread.
 */
public final class Buckets {
    /** The number of buckets. */
    public static final int COUNT = 1024;

    private final long[] sums = new long[COUNT];

    /** Nothing. */
    public Buckets() {}

    /** The bucket of what goes by this name: from 0, below {@link #COUNT}. */
    public static int of(long name) {
        return (int) (mixed(name) >>> 54);
    }

    /**
     * Adds one item.
     *
     * @param name tells it from others
     * @param version tells its states apart
     */
    public void add(long name, long version) {
        sums[of(name)] += mixed(mixed(name) + version);
    }

    /** Takes away an item that was added with this version. */
    public void remove(long name, long version) {
        sums[of(name)] -= mixed(mixed(name) + version);
    }

    /** The sums, by bucket; the caller's own copy. */
    public long[] sums() {
        return sums.clone();
    }

    /** A number all of whose bits depend on all bits of {@code value}. */
    public static long mixed(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** A number for a text, to be mixed. */
    public static long hash(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = hash * 0x100000001B3L ^ text.charAt(i);
        }
        return mixed(hash);
    }
}
