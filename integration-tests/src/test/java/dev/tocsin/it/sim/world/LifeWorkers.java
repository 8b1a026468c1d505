package dev.tocsin.it.sim.world;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Workers;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one life of a node. Work that has to wait for the world says so with {@link #await}: what it returns
 * then counts for nothing, the world's answer is its result.
 */
final class LifeWorkers implements Workers {
    /** What some work waits for. */
    interface Awaited {
        /** Calls {@code answered} once, with the result, when the world has answered; never if interrupted before. */
        void begin(Consumer<Object> answered);

        /** The work is called off. */
        void interrupt();
    }

    private final LifeLoop loop;
    private @Nullable Job<?> current;

    LifeWorkers(LifeLoop loop) {
        this.loop = loop;
    }

    /** To be called by the work itself. */
    void await(Awaited awaited) {
        Job<?> job = current;
        if (job == null) {
            throw new IllegalStateException("no work runs");
        }
        job.awaited = awaited;
    }

    @Override
    public <T> Cancellable submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Exception> done) {
        Job<T> job = new Job<>(work, done);
        loop.execute(job::run);
        return job::interrupt;
    }

    private final class Job<T> {
        private final Callable<T> work;
        private final BiConsumer<@Nullable T, @Nullable Exception> done;
        private @Nullable Awaited awaited;
        private boolean interrupted;
        private boolean ended;

        Job(Callable<T> work, BiConsumer<@Nullable T, @Nullable Exception> done) {
            this.work = work;
            this.done = done;
        }

        @SuppressWarnings("unchecked") // who awaits answers with what the work would have returned
        private void run() {
            if (interrupted) {
                return;
            }
            T result;
            current = this;
            try {
                result = work.call();
            } catch (Exception e) {
                finish(null, e);
                return;
            } finally {
                current = null;
            }
            Awaited waited = awaited;
            if (waited == null) {
                finish(result, null);
            } else {
                waited.begin(answer -> finish((T) answer, null));
            }
        }

        private void interrupt() {
            if (interrupted || ended) {
                return;
            }
            interrupted = true;
            if (awaited != null) {
                awaited.interrupt();
            }
            finish(null, new InterruptedException());
        }

        private void finish(@Nullable T result, @Nullable Exception failure) {
            if (!ended) {
                ended = true;
                loop.execute(() -> done.accept(result, failure));
            }
        }
    }
}
