package dev.tocsin.app.runtime;

import java.util.concurrent.locks.Condition;

/** What time it is, and how the loop's thread sleeps. Safe for all threads. */
interface Rest {
    /** As {@link System#nanoTime}. */
    long nanoTime();

    /** Waits until there is news, at most {@code nanos}; the condition's lock is held. */
    void await(Condition news, long nanos) throws InterruptedException;

    /** The machine's. */
    final class Real implements Rest {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the caller's
        public void await(Condition news, long nanos) throws InterruptedException {
            news.awaitNanos(nanos);
        }
    }
}
