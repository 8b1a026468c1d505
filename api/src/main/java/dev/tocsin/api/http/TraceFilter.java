package dev.tocsin.api.http;

import dev.tocsin.core.trace.Span;
import dev.tocsin.core.trace.Tracer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes each request a span, part of the client's if its headers name one (contract section 2.9). Safe for all threads. */
public final class TraceFilter implements Filter {
    private final Tracer tracer;

    /** Spans come from {@code tracer}. */
    public TraceFilter(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // there is one NONE
    public CompletionStage<Response> apply(Request request, AsyncHandler next) {
        Span span = tracer.received(request.method() + " " + request.rawPath(), request::header);
        if (span == Span.NONE) {
            return next.handle(request);
        }
        span.attribute("http.request.method", request.method()).attribute("url.path", request.rawPath());
        CompletionStage<Response> answer;
        try {
            answer = span.call(() -> next.handle(request));
        } catch (Exception e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.whenComplete((response, failure) -> end(span, response, failure));
    }

    private static void end(Span span, @Nullable Response response, @Nullable Throwable failure) {
        if (response != null) {
            span.attribute("http.response.status_code", response.status());
            if (response.status() >= 500) {
                span.fail("status " + response.status());
            }
        } else {
            span.fail(String.valueOf(failure));
        }
        span.end();
    }
}
