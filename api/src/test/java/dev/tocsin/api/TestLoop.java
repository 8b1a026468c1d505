package dev.tocsin.api;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A hub loop and its workers on one real thread, for interfaces that real sockets ask. */
public final class TestLoop implements Scheduler, Workers, AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("loop").factory());
    private volatile @Nullable Thread current;

    /** Begins its thread. */
    public TestLoop() {
        thread.execute(() -> current = Thread.currentThread());
    }

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> future = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            return Cancellable.NONE;
        }
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == current;
    }

    @Override
    public <T> Cancellable submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Exception> done) {
        execute(() -> {
            try {
                done.accept(work.call(), null);
            } catch (Exception e) {
                done.accept(null, e);
            }
        });
        return Cancellable.NONE;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
