package dev.tocsin.app.runtime;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What runs later, the earliest first: a binary heap of instants, each with the timers that are due then, in which everything
 * knows its place, so that the many that are cancelled leave at once. Timers that are far away share a few hundred instants:
 * the heap stays small however many there are. One thread uses it. Bounded by what is scheduled.
 */
final class Timers {
    private static final int FIRST_CAPACITY = 64;

    private final Map<Long, Slot> slots = new HashMap<>();
    private Slot[] heap = new Slot[FIRST_CAPACITY];
    private int used;
    private int size;

    /** An instant and the timers that are due then, in the order in which they came. */
    private static final class Slot {
        final long dueNanos;
        private int place;
        private @Nullable Timer first;
        private @Nullable Timer last;

        Slot(long dueNanos) {
            this.dueNanos = dueNanos;
        }

        boolean isBefore(Slot other) {
            return dueNanos - other.dueNanos < 0;
        }

        void add(Timer timer) {
            timer.before = last;
            if (last == null) {
                first = timer;
            } else {
                last.after = timer;
            }
            last = timer;
            timer.slot = this;
        }

        void remove(Timer timer) {
            Timer before = timer.before;
            Timer after = timer.after;
            if (before == null) {
                first = after;
            } else {
                before.after = after;
            }
            if (after == null) {
                last = before;
            } else {
                after.before = before;
            }
            timer.before = null;
            timer.after = null;
            timer.slot = null;
        }
    }

    /** A task and when it is due. Any thread may cancel it; the rest belongs to the one that uses the heap. */
    static final class Timer implements Runnable {
        final long dueNanos;
        private volatile @Nullable Runnable task;
        private @Nullable Slot slot;
        private @Nullable Timer before;
        private @Nullable Timer after;

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

        /** Calls it off. It stays where it is until it is removed. */
        void cancel() {
            task = null;
        }
    }

    void add(Timer timer) {
        Slot slot = slots.get(timer.dueNanos);
        if (slot == null) {
            slot = new Slot(timer.dueNanos);
            slots.put(timer.dueNanos, slot);
            if (used == heap.length) {
                heap = Arrays.copyOf(heap, 2 * used);
            }
            up(used++, slot);
        }
        slot.add(timer);
        size++;
    }

    /** Removes it, if it is still there. */
    void remove(Timer timer) {
        Slot slot = timer.slot;
        if (slot == null) {
            return;
        }
        slot.remove(timer);
        size--;
        if (slot.first == null) {
            slots.remove(slot.dueNanos);
            remove(slot);
        }
    }

    private void remove(Slot slot) {
        int hole = slot.place;
        Slot last = heap[--used];
        clear(used);
        if (last != slot) {
            down(hole, last);
            if (last.place == hole) {
                up(hole, last);
            }
        }
    }

    /** The earliest one, of those that are due together the one that came first; null if there is none. */
    @Nullable Timer first() {
        return used == 0 ? null : heap[0].first;
    }

    int size() {
        return size;
    }

    @SuppressWarnings("NullAway") // places beyond those used are never read
    private void clear(int place) {
        heap[place] = null;
    }

    private void put(int place, Slot slot) {
        heap[place] = slot;
        slot.place = place;
    }

    private void up(int from, Slot slot) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!slot.isBefore(heap[parent])) {
                break;
            }
            put(place, heap[parent]);
            place = parent;
        }
        put(place, slot);
    }

    private void down(int from, Slot slot) {
        int place = from;
        while (2 * place + 1 < used) {
            int child = 2 * place + 1;
            if (child + 1 < used && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(slot)) {
                break;
            }
            put(place, heap[child]);
            place = child;
        }
        put(place, slot);
    }
}
