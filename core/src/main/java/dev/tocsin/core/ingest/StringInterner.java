package dev.tocsin.core.ingest;

/**
 * Gives equal texts the same {@link String}, so that a hundred thousand alerts share their label names and values. A
 * cache of fixed size, not a promise: texts that are not asked for fall out, long ones are not kept at all. Nothing
 * depends on identity but memory.
 *
 * <p>Any thread may use it without a lock: strings are safe to hand over by a racy write, and a lost write only costs a
 * copy.
 */
public final class StringInterner {
    private static final int WAYS = 4;
    private static final int MAX_LENGTH = 512;

    private final String[] slots;
    private final int mask;

    /**
     * Keeps at most {@code slots} strings of at most 512 characters each.
     *
     * @param slots a power of two, at least 4
     */
    public StringInterner(int slots) {
        if (slots < WAYS || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("slots must be a power of two and at least 4: " + slots);
        }
        this.slots = new String[slots];
        this.mask = slots - 1;
    }

    /** The shared string with the characters of {@code text}. */
    public String intern(String text) {
        if (text.isEmpty()) {
            return "";
        }
        if (text.length() > MAX_LENGTH) {
            return text;
        }
        int hash = text.hashCode();
        int bucket = bucket(hash);
        for (int way = 0; way < WAYS; way++) {
            String known = slots[bucket + way];
            if (known != null && known.equals(text)) {
                return known;
            }
        }
        slots[bucket + victim(hash)] = text;
        return text;
    }

    private int bucket(int hash) {
        return (hash ^ (hash >>> 15)) * WAYS & mask;
    }

    /** Which string of a full bucket has to go: another one for each text, so that no text can block the others. */
    private static int victim(int hash) {
        return hash >>> 28 & WAYS - 1;
    }
}
