package dev.tocsin.app.tracing;

import dev.tocsin.core.config.TracingConfig;
import dev.tocsin.core.trace.Span;
import dev.tocsin.core.trace.SpanLink;
import dev.tocsin.core.trace.Tracer;
import dev.tocsin.core.trace.Tracing.TracingException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Samples spans and sends them in batches from a thread of its own; at most 2048 wait. Safe for all threads. */
final class OtlpTracer implements Tracer, AutoCloseable {
    private static final String NAME = "github.com/prometheus/alertmanager";
    private static final long CLOSE_SECONDS = 5;

    private static final TextMapGetter<Function<String, @Nullable String>> HEADERS = new TextMapGetter<>() {
        @Override
        public @Nullable String get(@Nullable Function<String, @Nullable String> headers, String key) {
            return headers == null ? null : headers.apply(key);
        }
    };

    private final SdkTracerProvider provider;
    private final Logger library = ExporterLog.attach();
    private final io.opentelemetry.api.trace.Tracer tracer;

    private OtlpTracer(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get(NAME);
    }

    /**
     * A tracer that exports as {@code config} says. Reads files.
     *
     * @param version this node's version
     */
    static OtlpTracer of(TracingConfig config, String version) throws TracingException {
        Resource resource = Resource.getDefault()
                .merge(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "alertmanager",
                        AttributeKey.stringKey("service.version"),
                        version)));
        return new OtlpTracer(SdkTracerProvider.builder()
                .setResource(resource)
                .setSampler(
                        Sampler.parentBased(Sampler.traceIdRatioBased(Math.clamp(config.samplingFraction(), 0.0, 1.0))))
                .addSpanProcessor(
                        BatchSpanProcessor.builder(OtlpExporters.of(config)).build())
                .build());
    }

    @Override
    public Span root(String name, List<SpanLink> causes) {
        SpanBuilder builder = tracer.spanBuilder(name).setNoParent();
        for (SpanLink cause : causes) {
            if (cause instanceof OtlpSpan.Link link) {
                builder.addLink(link.context());
            }
        }
        return new OtlpSpan(tracer, builder.startSpan());
    }

    @Override
    public Span received(String name, Function<String, @Nullable String> header) {
        Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), header, HEADERS);
        return new OtlpSpan(
                tracer,
                tracer.spanBuilder(name)
                        .setParent(caller)
                        .setSpanKind(SpanKind.SERVER)
                        .startSpan());
    }

    @Override
    public Span current() {
        io.opentelemetry.api.trace.Span span = io.opentelemetry.api.trace.Span.fromContextOrNull(Context.current());
        return span == null ? Span.NONE : new OtlpSpan(tracer, span);
    }

    @Override
    public void close() {
        if (!provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS).isSuccess()) {
            library.warning("spans were lost at the end");
        }
    }
}
