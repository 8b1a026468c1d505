package dev.tocsin.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.trace.RecordedSpans;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TraceFilterTest {
    private final RecordedSpans spans = new RecordedSpans();
    private final TraceFilter filter = new TraceFilter(spans);

    private static Request request(HttpHeaders headers) {
        return new Request(
                "GET", "/a%20b", "/a b", "", headers, new RequestBody(Unpooled.EMPTY_BUFFER, freed -> {}), "");
    }

    @Test
    void aRequestIsASpanThatEndsWithItsAnswer() {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        filter.apply(request(new DefaultHttpHeaders()), current -> answer);
        assertThat(spans.ended()).isEmpty();
        answer.complete(Response.empty(204));
        assertThat(spans.ended()).containsExactly("GET /a%20b");
    }

    @Test
    void theHandlerRunsWithinTheSpanAndWithinTheCallersTrace() {
        HttpHeaders headers = new DefaultHttpHeaders().add("traceparent", "caller");
        filter.apply(request(headers), current -> {
            spans.current().child("work").end();
            return CompletableFuture.completedFuture(Response.empty(200));
        });
        assertThat(spans.ended()).containsExactly("caller/GET /a%20b/work", "caller/GET /a%20b");
    }

    @Test
    void answersOfBrokenHandlersFailTheSpan() {
        filter.apply(
                request(new DefaultHttpHeaders()), current -> CompletableFuture.completedFuture(Response.empty(503)));
        filter.apply(request(new DefaultHttpHeaders()), current -> {
            throw new IllegalStateException("bug");
        });
        assertThat(spans.ended())
                .containsExactly("GET /a%20b!status 503", "GET /a%20b!java.lang.IllegalStateException: bug");
    }
}
