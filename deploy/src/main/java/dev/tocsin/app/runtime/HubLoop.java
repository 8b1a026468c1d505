package dev.tocsin.app.runtime;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub loop on one platform thread. A task that throws is logged and counted, and the loop goes on: one broken group
 * must not silence the others. Only when the machine itself fails, of which memory that has run out is the common case,
 * nobody can tell what is half done; that is for the owner to end. After {@link #close()} tasks are dropped.
 */
public final class HubLoop implements Scheduler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubLoop.class);

    private final ScheduledThreadPoolExecutor executor;
    private final CounterFamily.Child failures;
    private final Consumer<VirtualMachineError> fatal;
    private volatile @Nullable Thread thread;

    /**
     * Starts the loop's thread.
     *
     * @param fatal ends the process; called on the loop, which goes on if it returns
     */
    public HubLoop(Metrics metrics, Consumer<VirtualMachineError> fatal) {
        this.fatal = fatal;
        this.failures = metrics.counter(
                        "tocsin_hub_loop_failures_total",
                        "Tasks of the hub loop that failed, each of which is a bug; the loop went on.")
                .labels();
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread loop = Thread.ofPlatform().name("hub-loop").daemon(true).unstarted(work);
            thread = loop;
            return loop;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.prestartCoreThread();
    }

    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("The hub loop has ended; a task was dropped");
        }
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> future = executor.schedule(() -> run(task), nanos(delay), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("The hub loop has ended; a task was dropped");
            return Cancellable.NONE;
        }
    }

    /** Durations of centuries, as in a configuration that never repeats, do not fit into nanoseconds. */
    private static long nanos(Duration delay) {
        try {
            return Math.max(0, delay.toNanos());
        } catch (ArithmeticException e) {
            return delay.isNegative() ? 0 : Long.MAX_VALUE / 4;
        }
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
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
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
