package dev.tocsin.app.tracing;

import dev.tocsin.core.config.TracingConfig;
import dev.tocsin.core.trace.Span;
import dev.tocsin.core.trace.SpanLink;
import dev.tocsin.core.trace.Tracer;
import dev.tocsin.core.trace.Tracing;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Traces as the configuration in force says; equal settings keep their exporter across a reload. Safe for all threads; the
 * configuration is changed by one at a time.
 */
public final class ConfiguredTracing implements Tracing, AutoCloseable {
    private final String version;
    private final Executor threads;
    private volatile @Nullable InForce inForce;

    private record InForce(TracingConfig config, OtlpTracer tracer) {}

    /**
     * Off.
     *
     * @param version this node's version, for the exported spans
     * @param threads where exporters send the rest of their spans when they are replaced
     */
    public ConfiguredTracing(String version, Executor threads) {
        this.version = version;
        this.threads = threads;
    }

    private Tracer tracer() {
        InForce current = inForce;
        return current == null ? Tracer.NONE : current.tracer();
    }

    @Override
    public boolean isTracing() {
        return inForce != null;
    }

    @Override
    public Span root(String name, List<SpanLink> causes) {
        return tracer().root(name, causes);
    }

    @Override
    public Span received(String name, Function<String, @Nullable String> header) {
        return tracer().received(name, header);
    }

    @Override
    public Span current() {
        return tracer().current();
    }

    @Override
    public Change prepare(@Nullable TracingConfig config) throws TracingException {
        InForce before = inForce;
        if (before == null ? config == null : Objects.equals(before.config(), config)) {
            return Change.NONE;
        }
        InForce next = config == null ? null : new InForce(config, OtlpTracer.of(config, version));
        return new Change() {
            @Override
            public void apply() {
                InForce replaced = inForce;
                inForce = next;
                endLater(replaced);
            }

            @Override
            public void discard() {
                endLater(next);
            }
        };
    }

    private void endLater(@Nullable InForce ended) {
        if (ended != null) {
            threads.execute(ended.tracer()::close);
        }
    }

    /** Sends what is left, within bounds. */
    @Override
    public void close() {
        InForce current = inForce;
        inForce = null;
        if (current != null) {
            current.tracer().close();
        }
    }
}
