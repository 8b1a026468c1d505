package dev.tocsin.cluster.atomix;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Real time, a hub loop of its own thread and virtual threads: what sockets need. */
public final class RealTime implements Clock, Scheduler, Workers, AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final ScheduledThreadPoolExecutor loop;
    private volatile Thread thread = Thread.currentThread();

    /** Begins. */
    public RealTime(String name) {
        loop = (ScheduledThreadPoolExecutor) Executors.newScheduledThreadPool(
                1,
                work -> thread =
                        Thread.ofPlatform().daemon().name("hub-" + name).unstarted(work));
        loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        loop.setRejectedExecutionHandler((task, pool) -> {}); // the node is gone
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Future<?> scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public <T> Cancellable submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Exception> done) {
        Thread worker = Thread.ofVirtual().start(() -> {
            try {
                T result = work.call();
                execute(() -> done.accept(result, null));
            } catch (Exception e) {
                execute(() -> done.accept(null, e));
            }
        });
        return worker::interrupt;
    }

    /** Runs on the loop and waits for the result. */
    public <T> T call(Callable<T> work) {
        try {
            return loop.submit(work).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        loop.shutdownNow();
    }
}
