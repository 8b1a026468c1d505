package dev.tocsin.cluster.protocol;

/**
 * By how much a peer's clock is ahead of ours, from answers whose time on the way is known only as a bound. Each answer
 * leaves an interval; those that agree narrow it down, one that contradicts tells of a clock that was set. Used on the hub
 * loop only.
 */
final class ClockOffset {
    /** By how much of the time that passes two clocks may drift apart. */
    private static final double DRIFT = 0.005;

    private boolean known;
    private long lowMs;
    private long highMs;
    private long readNanos;

    /**
     * An answer has come.
     *
     * @param aheadMs the time that it carries, less our time now
     * @param tripMs how long it took at most
     * @param nowNanos our monotonic clock
     */
    void read(long aheadMs, long tripMs, long nowNanos) {
        long low = aheadMs - 1;
        long high = aheadMs + tripMs + 1;
        if (known) {
            long drift = 1 + (long) ((nowNanos - readNanos) / 1e6 * DRIFT);
            long lower = Math.max(low, lowMs - drift);
            long upper = Math.min(high, highMs + drift);
            if (lower <= upper) {
                low = lower;
                high = upper;
            }
        }
        known = true;
        lowMs = low;
        highMs = high;
        readNanos = nowNanos;
    }

    /** Whether there was an answer. */
    boolean known() {
        return known;
    }

    /** In milliseconds; negative if the peer's clock is behind. */
    long aheadMs() {
        return lowMs + (highMs - lowMs) / 2;
    }
}
