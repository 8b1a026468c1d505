package dev.tocsin.app.runtime;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Blocking work on virtual threads, one each; results go back to the hub loop. */
public final class VirtualThreadWorkers implements Workers {
    private final Scheduler loop;

    /** @param loop where results are handed over */
    public VirtualThreadWorkers(Scheduler loop) {
        this.loop = loop;
    }

    @Override
    public <T> Cancellable submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Exception> done) {
        Thread worker = Thread.ofVirtual().name("worker").start(() -> {
            T result;
            try {
                result = work.call();
            } catch (Exception e) {
                loop.execute(() -> done.accept(null, e));
                return;
            } catch (Error e) { // a worker must always answer, also after StackOverflowError or a failed class load
                loop.execute(() -> done.accept(null, new IllegalStateException(e)));
                return;
            }
            loop.execute(() -> done.accept(result, null));
        });
        return worker::interrupt;
    }
}
