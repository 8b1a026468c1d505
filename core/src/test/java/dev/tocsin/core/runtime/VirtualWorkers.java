package dev.tocsin.core.runtime;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Workers on virtual time whose work takes time without blocking: the work runs at once and says how long it would have
 * taken; its result is handed over then. One thread.
 */
public final class VirtualWorkers implements Workers {
    private final VirtualTime time;
    private @Nullable Job<?> current;

    /** Works at the pace of {@code time}. */
    public VirtualWorkers(VirtualTime time) {
        this.time = time;
    }

    /**
     * To be called by the work itself: it takes this long.
     *
     * @param heedsInterruption whether cancelling ends it at once
     */
    public void take(Duration duration, boolean heedsInterruption) {
        Job<?> job = current;
        if (job == null) {
            throw new IllegalStateException("no work runs");
        }
        job.duration = duration;
        job.heedsInterruption = heedsInterruption;
    }

    @Override
    public <T> Cancellable submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Exception> done) {
        Job<T> job = new Job<>(work, done);
        time.execute(job::run);
        return job::interrupt;
    }

    private final class Job<T> {
        private final Callable<T> work;
        private final BiConsumer<@Nullable T, @Nullable Exception> done;
        private Duration duration = Duration.ZERO;
        private boolean heedsInterruption = true;
        private boolean interrupted;
        private boolean ended;
        private Cancellable end = Cancellable.NONE;

        Job(Callable<T> work, BiConsumer<@Nullable T, @Nullable Exception> done) {
            this.work = work;
            this.done = done;
        }

        private void run() {
            if (interrupted) {
                finish(null, new InterruptedException());
                return;
            }
            current = this;
            @Nullable T result = null;
            @Nullable Exception failure = null;
            try {
                result = work.call();
            } catch (Exception e) {
                failure = e;
            } finally {
                current = null;
            }
            T value = result;
            Exception error = failure;
            end = time.schedule(duration, () -> finish(value, error));
        }

        private void interrupt() {
            interrupted = true;
            if (heedsInterruption) {
                end.cancel();
                time.execute(() -> finish(null, new InterruptedException()));
            }
        }

        private void finish(@Nullable T result, @Nullable Exception failure) {
            if (!ended) {
                ended = true;
                done.accept(result, failure);
            }
        }
    }
}
