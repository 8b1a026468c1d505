package dev.tocsin.core.trace;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work with a beginning and an end, as part of a larger one. Any thread may call it. Everything is ignored
 * after {@link #end}.
 */
public interface Span {
    /** Tells nothing. */
    Span NONE = new Span() {
        @Override
        public Span child(String name) {
            return this;
        }

        @Override
        public Span attribute(String key, String value) {
            return this;
        }

        @Override
        public Span attribute(String key, long value) {
            return this;
        }

        @Override
        public void fail(String message) {}

        @Override
        public <T> T call(Callable<T> work) throws Exception {
            return work.call();
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        @Override
        public @Nullable SpanLink link() {
            return null;
        }

        @Override
        public void end() {}
    };

    /** Begins a part of this one. */
    Span child(String name);

    /** Adds a detail; never a secret. */
    Span attribute(String key, String value);

    /** Adds a detail. */
    Span attribute(String key, long value);

    /** Marks the work as failed. */
    void fail(String message);

    /** Does {@code work}, with this as {@link Tracer#current} of the calling thread. */
    <T> T call(Callable<T> work) throws Exception;

    /** The request headers that let a receiver's spans be part of this one; empty if there are none. */
    Map<String, String> headers();

    /** What a span of another trace needs to name this one as a cause, also after its end; null if it is not exported. */
    @Nullable SpanLink link();

    /** Ends it now. */
    void end();
}
