package dev.tocsin.api.hub.stream;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets the one who writes a stream sleep until there is something to write. Its lock guards both flags. */
public final class Wake {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();
    private boolean pending;
    private boolean ended;

    /** There may be something to write. Any thread; does not block. */
    public void call() {
        lock.lock();
        try {
            pending = true;
            called.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The stream is over. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            called.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the stream is over. */
    public boolean ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Sleeps until a call, the end, or the end of {@code patience}. */
    public void await(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!pending && !ended && left > 0) {
                left = called.awaitNanos(left);
            }
            pending = false;
        } finally {
            lock.unlock();
        }
    }
}
