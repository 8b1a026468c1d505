package dev.tocsin.core.trace;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where spans begin. Safe for all threads. */
public interface Tracer {
    /** Traces nothing. */
    Tracer NONE = new Tracer() {
        @Override
        public boolean isTracing() {
            return false;
        }

        @Override
        public Span root(String name, List<SpanLink> causes) {
            return Span.NONE;
        }

        @Override
        public Span received(String name, Function<String, @Nullable String> header) {
            return Span.NONE;
        }

        @Override
        public Span current() {
            return Span.NONE;
        }
    };

    /** Whether spans that begin now go anywhere. */
    default boolean isTracing() {
        return true;
    }

    /** Begins a span that is part of nothing. */
    default Span root(String name) {
        return root(name, List.of());
    }

    /**
     * Begins a span that is part of nothing.
     *
     * @param causes spans of other traces that led to it
     */
    Span root(String name, List<SpanLink> causes);

    /**
     * Begins a span for a request from outside.
     *
     * @param header finds the request's headers by name; null if there is none
     */
    Span received(String name, Function<String, @Nullable String> header);

    /** The span whose work the calling thread does; {@link Span#NONE} if there is none. */
    Span current();

    /** {@code work}, with what is current now as the current span of the thread that does it. */
    @SuppressWarnings("ReferenceEquality") // there is one NONE
    default Runnable carry(Runnable work) {
        Span span = current();
        if (span == Span.NONE) {
            return work;
        }
        return () -> {
            try {
                span.call(() -> {
                    work.run();
                    return true;
                });
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e); // cannot be: the work throws no checked exception
            }
        };
    }
}
