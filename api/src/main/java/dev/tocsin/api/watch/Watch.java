package dev.tocsin.api.watch;

import org.jspecify.annotations.Nullable;

/**
 * A client's view of something that changes. The client pulls when it can write: nothing is kept for it but its place, so a
 * slow one costs no memory. One thread at a time, but for {@link #close}.
 */
public interface Watch<T> extends AutoCloseable {
    /** What to send next; null if there is nothing until the wake is called again. Does not block. */
    @Nullable Batch<T> next();

    /** Ends it; the wake is not called any more. Any thread, any number of times. */
    @Override
    void close();
}
