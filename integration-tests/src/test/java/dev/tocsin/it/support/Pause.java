package dev.tocsin.it.support;

import java.time.Duration;

/** Waiting for the real time to pass, which only tests of real processes may do. */
public final class Pause {
    private Pause() {}

    /** Waits. */
    public static void millis(long millis) {
        try {
            Thread.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
