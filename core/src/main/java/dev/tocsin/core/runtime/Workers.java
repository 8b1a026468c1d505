package dev.tocsin.core.runtime;

import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where blocking work runs: virtual threads in production, the simulator's own ordering in tests.
 */
public interface Workers {
    /**
     * Runs {@code work} off the hub loop and hands its result or its exception, one of them null, to {@code done} on the
     * hub loop.
     *
     * @return a handle that interrupts the work; {@code done} is still called
     */
    <T> Cancellable submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Exception> done);
}
