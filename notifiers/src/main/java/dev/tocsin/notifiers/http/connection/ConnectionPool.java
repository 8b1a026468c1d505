package dev.tocsin.notifiers.http.connection;

import dev.tocsin.notifiers.http.proxy.Route;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections between requests, newest first, for at most five minutes. How many requests run at once is bounded by
 * those who ask, each for itself. The lanes are guarded by the pool's own lock; nobody talks to the network under it.
 */
final class ConnectionPool {
    /** Connections kept for nobody in particular. */
    private static final int IDLE = 1024;

    private static final long IDLE_NANOS = 300_000_000_000L;
    private static final long SWEEP_MILLIS = 30_000;
    /** A server may have closed what was idle for longer; then it is worth a millisecond to look. */
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Map<Route, Lane> lanes = new HashMap<>();
    private int idle;
    private boolean closed;
    private @Nullable Thread sweeper;

    /** The connections of one route. */
    private static final class Lane {
        private final Deque<Connection> idle = new ArrayDeque<>();
        private int users;
    }

    /**
     * Takes an idle connection. {@link #giveBack} must follow.
     *
     * @return null if there is no idle one that still stands
     */
    @Nullable Connection acquire(Route route) {
        Lane lane;
        synchronized (this) {
            lane = lanes.computeIfAbsent(route, r -> new Lane());
            lane.users++;
        }
        while (true) {
            Connection connection = newest(lane);
            if (connection == null) {
                return null;
            }
            long age = System.nanoTime() - connection.idleSince();
            if (age < IDLE_NANOS && (age < FRESH_NANOS || !connection.stale())) {
                return connection;
            }
            connection.close();
        }
    }

    private synchronized @Nullable Connection newest(Lane lane) {
        Connection connection = lane.idle.pollFirst();
        if (connection != null) {
            idle--;
        }
        return connection;
    }

    /** Ends a use. {@code connection} is kept if it can carry another request, else closed; null if there is none. */
    void giveBack(Route route, @Nullable Connection connection) {
        boolean keep = false;
        synchronized (this) {
            Lane lane = lanes.get(route);
            if (lane == null) {
                throw new IllegalStateException("nothing was taken");
            }
            if (connection != null && connection.reusable() && !closed && idle < IDLE) {
                connection.idle(System.nanoTime());
                lane.idle.addFirst(connection);
                idle++;
                keep = true;
                if (sweeper == null) {
                    sweeper = Thread.ofVirtual().name("tocsin-idle-connections").start(this::sweep);
                }
            }
        }
        if (connection != null && !keep) {
            connection.close();
        }
        leave(route);
    }

    private synchronized void leave(Route route) {
        Lane left = lanes.get(route);
        if (left != null && --left.users == 0 && left.idle.isEmpty()) {
            lanes.remove(route, left);
        }
    }

    /** Closes the idle connections that {@code which} picks. */
    void closeIdle(Predicate<Connection> which) {
        List<Connection> picked = new ArrayList<>();
        synchronized (this) {
            for (Iterator<Lane> all = lanes.values().iterator(); all.hasNext(); ) {
                Lane lane = all.next();
                for (Iterator<Connection> kept = lane.idle.iterator(); kept.hasNext(); ) {
                    Connection connection = kept.next();
                    if (which.test(connection)) {
                        kept.remove();
                        idle--;
                        picked.add(connection);
                    }
                }
                if (lane.users == 0 && lane.idle.isEmpty()) {
                    all.remove();
                }
            }
        }
        picked.forEach(Connection::close);
    }

    /** How many connections are kept. */
    synchronized int idle() {
        return idle;
    }

    /** Closes what is idle; what is under way is closed when it comes back. */
    void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = sweeper;
        }
        closeIdle(connection -> true);
        if (running != null) {
            running.interrupt();
        }
    }

    /** Runs while there is something idle: nobody else would notice that a server hung up or that time is over. */
    private void sweep() {
        try {
            while (true) {
                Thread.sleep(SWEEP_MILLIS);
                long now = System.nanoTime();
                closeIdle(connection -> now - connection.idleSince() >= IDLE_NANOS);
                synchronized (this) {
                    if (idle == 0) {
                        sweeper = null;
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            // The pool is closed.
        }
    }
}
