package dev.tocsin.api.hub.stream;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Lets the one who writes a stream sleep until there is something to write. Its lock guards everything. */
public final class Wake {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();
    private boolean pending;
    private @Nullable String end;

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

    /** The stream is over; the first reason counts. */
    public void end(String reason) {
        lock.lock();
        try {
            end = end == null ? reason : end;
            called.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Why the stream is over; null if it is not. */
    public @Nullable String end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** Sleeps until a call, the end, or the end of {@code patience}. */
    public void await(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!pending && end == null && left > 0) {
                left = called.awaitNanos(left);
            }
            pending = false;
        } finally {
            lock.unlock();
        }
    }
}
