package dev.tocsin.core.journal;

import java.time.Instant;

/**
 * How events get their numbers. A node begins each life at the number that belongs to the time, so that no number is given
 * twice although the last events of a life may be lost with it, or all with the disk. Events are told at less than a
 * thousand in each millisecond over a node's life, so numbers never overtake the time.
 */
public final class Offsets {
    private static final int PER_MILLISECOND = 1024;

    private Offsets() {}

    /** The first number of a life that begins at {@code start}; exact in a double. */
    public static long firstAt(Instant start) {
        return Math.max(0, start.toEpochMilli()) * PER_MILLISECOND;
    }
}
