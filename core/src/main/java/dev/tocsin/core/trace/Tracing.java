package dev.tocsin.core.trace;

import dev.tocsin.core.config.TracingConfig;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A tracer that follows the configuration. */
public interface Tracing extends Tracer {
    /** Traces nothing, whatever the configuration says. */
    Tracing NONE = new Tracing() {
        @Override
        public Change prepare(@Nullable TracingConfig config) {
            return Change.NONE;
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

    /**
     * Builds what a configuration asks for, which is not in force yet. May block.
     *
     * @param config null for no tracing
     * @throws TracingException if a file cannot be used, or something is not supported
     */
    Change prepare(@Nullable TracingConfig config) throws TracingException;

    /** A tracer that is built. One of the two methods is called, once. Neither blocks. */
    interface Change {
        /** Changes nothing. */
        Change NONE = new Change() {
            @Override
            public void apply() {}

            @Override
            public void discard() {}
        };

        /** Puts it in force; spans that have begun end with the one before. */
        void apply();

        /** Gives it up. */
        void discard();
    }

    /** Tracing cannot be set up as configured. The message holds no secret. */
    final class TracingException extends Exception {
        private static final long serialVersionUID = 1L;

        /** With what is wrong. */
        public TracingException(String message) {
            super(message);
        }
    }
}
