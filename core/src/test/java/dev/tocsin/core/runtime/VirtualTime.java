package dev.tocsin.core.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Clock, hub loop and workers for tests: nothing happens until the test moves time. One thread.
 */
public final class VirtualTime implements Clock, Scheduler, Workers {
    private static final class Task {
        final long dueNanos;
        final long order;
        final Runnable work;
        boolean cancelled;

        Task(long dueNanos, long order, Runnable work) {
            this.dueNanos = dueNanos;
            this.order = order;
            this.work = work;
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            Comparator.<Task>comparingLong(task -> task.dueNanos).thenComparingLong(task -> task.order));
    private final Instant start;
    private long elapsedNanos;
    private long nextOrder;
    private boolean running;

    /** Time begins at {@code start}. */
    public VirtualTime(Instant start) {
        this.start = start;
    }

    /** Time begins at an arbitrary fixed instant. */
    public VirtualTime() {
        this(Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Override
    public Instant now() {
        return start.plusNanos(elapsedNanos);
    }

    @Override
    public long nanoTime() {
        return elapsedNanos;
    }

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable work) {
        Task task = new Task(elapsedNanos + Math.max(0, delay.toNanos()), nextOrder++, work);
        tasks.add(task);
        return () -> task.cancelled = true;
    }

    @Override
    public boolean isCurrent() {
        return running;
    }

    @Override
    public <T> Cancellable submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Exception> done) {
        execute(() -> {
            T result;
            try {
                result = work.call();
            } catch (Exception e) {
                execute(() -> done.accept(null, e));
                return;
            }
            execute(() -> done.accept(result, null));
        });
        return Cancellable.NONE;
    }

    /** Moves time on while nothing runs, as if the process was stopped: what became due is late. */
    public void stall(Duration duration) {
        elapsedNanos += duration.toNanos();
    }

    /** Runs what is due now, and what that makes due now. */
    public void settle() {
        advance(Duration.ZERO);
    }

    /** Moves time on by {@code duration}, running each task at its own instant. */
    public void advance(Duration duration) {
        long until = elapsedNanos + duration.toNanos();
        while (true) {
            Task next = tasks.peek();
            if (next == null || next.dueNanos > until) {
                break;
            }
            tasks.poll();
            if (next.cancelled) {
                continue;
            }
            elapsedNanos = Math.max(elapsedNanos, next.dueNanos);
            running = true;
            try {
                next.work.run();
            } finally {
                running = false;
            }
        }
        elapsedNanos = until;
    }
}
