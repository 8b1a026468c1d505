package dev.tocsin.app.runtime;

import dev.tocsin.app.runtime.Timers.Timer;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub loop on one platform thread. A task that throws is logged and counted, and the loop goes on: one broken group
 * must not silence the others. Only when the machine itself fails, of which memory that has run out is the common case,
 * nobody can tell what is half done; that is for the owner to end. After {@link #close()} tasks are dropped.
 *
 * <p>Tasks and timers that are due take turns, so neither starves the other. Most tasks come while the loop is busy: it takes
 * all of them at once and wakes nobody up, while the executors of the JDK keep tasks and timers in one heap. The lock guards
 * what other threads hand in; all else belongs to the loop's thread. The queue is bounded by those who fill it.
 */
public final class HubLoop implements Scheduler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubLoop.class);
    private static final long MOST_NANOS = Long.MAX_VALUE / 4;
    private static final int PATIENCE_SECONDS = 5;

    /** Whoever sleeps does so at least this long, unless a task comes: timers that end close to each other run together. */
    private static final long SHORTEST_SLEEP_NANOS = 2_000_000;

    /**
     * A timer that is this far away ends with those around it, as if there were no time between two multiples of {@link
     * #GRID_NANOS}: of thousands of groups one or another would be due in each millisecond, and a wake-up costs more than
     * the look at a group of which nothing is to be told.
     */
    private static final long FAR_NANOS = 1_000_000_000;

    private static final long GRID_NANOS = 1 << 24;

    private final Thread thread =
            Thread.ofPlatform().name("hub-loop").daemon(true).unstarted(this::loop);
    private final Timers timers = new Timers();
    private ArrayDeque<Runnable> taken = new ArrayDeque<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private ArrayDeque<Runnable> handedIn = new ArrayDeque<>();
    private boolean sleeping;
    private boolean closed;

    private final Rest rest;
    private final CounterFamily.Child failures;
    private final Consumer<VirtualMachineError> fatal;

    /**
     * Starts the loop's thread.
     *
     * @param fatal ends the process; called on the loop, which goes on if it returns
     */
    public HubLoop(Metrics metrics, Consumer<VirtualMachineError> fatal) {
        this(metrics, fatal, new Rest.Real());
    }

    /** With another time. */
    HubLoop(Metrics metrics, Consumer<VirtualMachineError> fatal, Rest rest) {
        this.fatal = fatal;
        this.rest = rest;
        this.failures = metrics.counter(
                        "tocsin_hub_loop_failures_total",
                        "Tasks of the hub loop that failed, each of which is a bug; the loop went on.")
                .labels();
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (!closed) {
                handedIn.add(task);
                if (sleeping) {
                    sleeping = false;
                    news.signal();
                }
                return;
            }
        } finally {
            lock.unlock();
        }
        LOG.atDebug().log("The hub loop has ended; a task was dropped");
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        long nanos = nanos(delay);
        Timer timer = new Timer(task, dueNanos(nanos));
        if (nanos == 0) {
            execute(timer);
        } else if (isCurrent()) {
            timers.add(timer);
        } else {
            execute(() -> timers.add(timer));
        }
        return new Scheduled(timer);
    }

    /** The handle of a timer; no lambda, which costs more where C2 does not compile. */
    private final class Scheduled implements Cancellable {
        private final Timer timer;

        Scheduled(Timer timer) {
            this.timer = timer;
        }

        @Override
        public void cancel() {
            timer.cancel();
            if (isCurrent()) {
                timers.remove(timer);
            } else {
                execute(() -> timers.remove(timer));
            }
        }
    }

    private long dueNanos(long nanos) {
        long due = rest.nanoTime() + nanos;
        return nanos < FAR_NANOS ? due : (due + GRID_NANOS - 1) & -GRID_NANOS;
    }

    /** Durations of centuries, as in a configuration that never repeats, do not fit into nanoseconds. */
    private static long nanos(Duration delay) {
        try {
            return Math.clamp(delay.toNanos(), 0, MOST_NANOS);
        } catch (ArithmeticException e) {
            return delay.isNegative() ? 0 : MOST_NANOS;
        }
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    private void loop() {
        while (take()) {
            do {
                runDue();
                Runnable task = taken.poll();
                if (task != null) {
                    run(task);
                }
            } while (!taken.isEmpty());
        }
    }

    /**
     * Waits until there is something to do, and takes over what other threads have handed in.
     *
     * @return false if the loop has ended: it was closed, and neither is a task left nor a timer due
     */
    private boolean take() {
        lock.lock();
        try {
            while (handedIn.isEmpty()) {
                Timer first = timers.first();
                long wait = first == null ? MOST_NANOS : first.dueNanos - rest.nanoTime();
                if (wait <= 0) {
                    return true;
                }
                if (closed) {
                    return false;
                }
                sleeping = true;
                rest.await(news, Math.max(wait, SHORTEST_SLEEP_NANOS));
                sleeping = false;
            }
            ArrayDeque<Runnable> empty = taken;
            taken = handedIn;
            handedIn = empty;
            return true;
        } catch (InterruptedException e) {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void runDue() {
        Timer first = timers.first();
        if (first != null && first.dueNanos - rest.nanoTime() <= 0) {
            timers.remove(first);
            run(first);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (StackOverflowError e) {
            failed(e);
        } catch (VirtualMachineError e) {
            fatal.accept(e);
        } catch (RuntimeException | Error e) { // a class that cannot be loaded is an error of one task, too
            failed(e);
        }
    }

    private void failed(Throwable cause) {
        failures.increment();
        LOG.atError().setCause(cause).log("A task of the hub loop failed");
    }

    /** Runs what is queued and due, drops what is later, ends the thread. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(Duration.ofSeconds(PATIENCE_SECONDS))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
