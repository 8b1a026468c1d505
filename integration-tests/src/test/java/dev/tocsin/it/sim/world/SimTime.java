package dev.tocsin.it.sim.world;

import dev.tocsin.core.runtime.Cancellable;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The true time of a simulation, which no node can read, and what happens in it, in order. One thread. */
final class SimTime {
    private static final class Event implements Cancellable {
        final long at;
        final long order;
        final Runnable action;
        boolean cancelled;

        Event(long at, long order, Runnable action) {
            this.at = at;
            this.order = order;
            this.action = action;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.at).thenComparingLong(event -> event.order));
    private final long maxEvents;
    private long now;
    private long nextOrder;
    private long ran;

    /** @param maxEvents a simulation with more events than this spins without end */
    SimTime(long maxEvents) {
        this.maxEvents = maxEvents;
    }

    /** Nanoseconds since the beginning. */
    long now() {
        return now;
    }

    /** How many events there were. */
    long ran() {
        return ran;
    }

    /** Lets {@code action} happen {@code nanos} from now. */
    Cancellable in(long nanos, Runnable action) {
        Event event = new Event(now + Math.max(0, nanos), nextOrder++, action);
        events.add(event);
        return event;
    }

    /**
     * Lets everything happen that happens before {@code end}.
     *
     * @return false if that is more than can be: something spins
     */
    boolean runUntil(long end) {
        Event next;
        while ((next = events.peek()) != null && next.at <= end) {
            events.poll();
            if (next.cancelled) {
                continue;
            }
            now = next.at;
            if (++ran > maxEvents) {
                return false;
            }
            next.action.run();
        }
        now = end;
        return true;
    }
}
