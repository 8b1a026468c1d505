package dev.tocsin.core.replicate;

/** Runs something when several other things have happened. Used on the hub loop only. */
public final class Countdown implements Runnable {
    private final Runnable last;
    private int left;

    /**
     * Waits.
     *
     * @param count how often {@link #run} must be called; at least 1
     * @param last runs within the last of those calls; further calls do nothing
     */
    public Countdown(int count, Runnable last) {
        this.left = count;
        this.last = last;
    }

    @Override
    public void run() {
        left--;
        if (left == 0) {
            last.run();
        }
    }
}
