package dev.tocsin.app.tracing;

import dev.tocsin.core.trace.Span;
import dev.tocsin.core.trace.SpanLink;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A span of OpenTelemetry. Safe for all threads. */
final class OtlpSpan implements Span {
    /** A span's place, without what it holds. */
    record Link(SpanContext context) implements SpanLink {}

    private final Tracer tracer;
    private final io.opentelemetry.api.trace.Span span;

    OtlpSpan(Tracer tracer, io.opentelemetry.api.trace.Span span) {
        this.tracer = tracer;
        this.span = span;
    }

    private Context context() {
        return Context.root().with(span);
    }

    @Override
    public Span child(String name) {
        return new OtlpSpan(
                tracer, tracer.spanBuilder(name).setParent(context()).startSpan());
    }

    @Override
    public Span attribute(String key, String value) {
        span.setAttribute(key, value);
        return this;
    }

    @Override
    public Span attribute(String key, long value) {
        span.setAttribute(key, value);
        return this;
    }

    @Override
    public void fail(String message) {
        span.setStatus(StatusCode.ERROR, message);
    }

    @Override
    @SuppressWarnings("try") // the scope only has to be closed
    public <T> T call(Callable<T> work) throws Exception {
        try (Scope current = context().makeCurrent()) {
            return work.call();
        }
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>(2);
        W3CTraceContextPropagator.getInstance().inject(context(), headers, (to, key, value) -> {
            if (to != null) {
                to.put(key, value);
            }
        });
        return headers;
    }

    @Override
    public @Nullable SpanLink link() {
        SpanContext place = span.getSpanContext();
        return place.isSampled() ? new Link(place) : null;
    }

    @Override
    public void end() {
        span.end();
    }
}
