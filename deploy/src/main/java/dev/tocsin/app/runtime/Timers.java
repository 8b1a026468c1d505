package dev.tocsin.app.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What runs later, the earliest first: a binary heap in which each timer knows its place, so that the many that are cancelled
 * leave at once. One thread uses it. Bounded by what is scheduled.
 */
final class Timers {
    private static final int FIRST_CAPACITY = 64;
    private static final int NOWHERE = -1;

    private Timer[] heap = new Timer[FIRST_CAPACITY];
    private int size;
    private long numbers;

    /** A task and when it is due. Any thread may cancel it; the rest belongs to the one that uses the heap. */
    static final class Timer implements Runnable {
        final long dueNanos;
        private volatile @Nullable Runnable task;
        private long number;
        private int place = NOWHERE;

        /** @param dueNanos a reading of {@link System#nanoTime} */
        Timer(Runnable task, long dueNanos) {
            this.task = task;
            this.dueNanos = dueNanos;
        }

        /** Does what is due, unless it was called off. */
        @Override
        public void run() {
            Runnable left = task;
            if (left != null) {
                left.run();
            }
        }

        /** Calls it off. It stays in the heap until it is removed. */
        void cancel() {
            task = null;
        }

        /** Those that are due at the same time run in the order in which they came. */
        private boolean isBefore(Timer other) {
            long difference = dueNanos - other.dueNanos;
            return difference == 0 ? number < other.number : difference < 0;
        }
    }

    void add(Timer timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        timer.number = numbers++;
        up(size++, timer);
    }

    /** Removes it, if it is still there. */
    void remove(Timer timer) {
        if (timer.place == NOWHERE) {
            return;
        }
        int hole = timer.place;
        timer.place = NOWHERE;
        Timer last = heap[--size];
        clear(size);
        if (last != timer) {
            down(hole, last);
            if (last.place == hole) {
                up(hole, last);
            }
        }
    }

    /** The earliest one; null if there is none. */
    @Nullable Timer first() {
        return size == 0 ? null : heap[0];
    }

    int size() {
        return size;
    }

    @SuppressWarnings("NullAway") // places beyond the size are never read
    private void clear(int place) {
        heap[place] = null;
    }

    private void put(int place, Timer timer) {
        heap[place] = timer;
        timer.place = place;
    }

    private void up(int from, Timer timer) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!timer.isBefore(heap[parent])) {
                break;
            }
            put(place, heap[parent]);
            place = parent;
        }
        put(place, timer);
    }

    private void down(int from, Timer timer) {
        int place = from;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(timer)) {
                break;
            }
            put(place, heap[child]);
            place = child;
        }
        put(place, timer);
    }
}
