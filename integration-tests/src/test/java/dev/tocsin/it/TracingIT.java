package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.SpanCollector;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One alert's way through a whole node, as a collector of spans sees it (contract section 2.9). */
class TracingIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    @TempDir
    private Path folder;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer receiver;

    /** Refuses the first notification and keeps of which span each request is a part. */
    @BeforeEach
    void receive() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            int status = requests.getAndIncrement() == 0 ? 503 : 200;
            told.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private String config(String type, String compression, String endpoint) {
        return """
                tracing: {client_type: %s, endpoint: '%s', insecure: true, sampling_fraction: 1, compression: '%s'}
                route: {receiver: pager, group_by: [alertname], group_wait: 0s}
                receivers: [{name: pager, webhook_configs: [{url: 'http://127.0.0.1:%d/'}]}]
                """.formatted(type, endpoint, compression, receiver.getAddress().getPort());
    }

    private static void post(Node node) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.api().base() + "/api/v2/alerts"))
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                .POST(HttpRequest.BodyPublishers.ofString("[{\"labels\":{\"alertname\":\"A\"}}]"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"grpc,''", "http,gzip"})
    void anAlertsWayIsSeenFromThePostToTheReceiver(String type, String compression) throws Exception {
        try (SpanCollector collector = SpanCollector.of(type);
                Node node = Node.tocsin(folder, config(type, compression, collector.endpoint()))) {
            post(node);
            String refused = Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS));
            String accepted = Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS));
            assertThat(node.stop()).isZero();
            assertThat(node.process().errors()).doesNotContain("Exporting spans failed");

            assertThat(collector.received()).isNotEmpty().allSatisfy(from -> {
                List<KeyValue> resource = from.getResource().getAttributesList();
                assertThat(text(resource, "service.name")).isEqualTo("alertmanager");
                assertThat(text(resource, "service.version")).isNotEmpty();
            });
            List<Span> spans = collector.spans();
            Span posted = only(spans, "POST /api/v2/alerts");
            assertThat(hex(posted.getTraceId())).isEqualTo(TRACE);
            assertThat(hex(posted.getParentSpanId())).isEqualTo(CALLER);
            assertThat(posted.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
            assertThat(number(posted, "http.response.status_code")).isEqualTo(200);
            Span put = only(spans, "provider.Put");
            assertThat(put).satisfies(isPartOf(posted));
            assertThat(number(put, "alerts")).isEqualTo(1);

            Span flush = only(spans, "dispatcher.flush");
            assertThat(flush.getParentSpanId().isEmpty()).isTrue();
            assertThat(flush.getTraceId()).isNotEqualTo(posted.getTraceId());
            assertThat(flush.getLinksList()).singleElement().satisfies(link -> {
                assertThat(link.getTraceId()).isEqualTo(put.getTraceId());
                assertThat(link.getSpanId()).isEqualTo(put.getSpanId());
            });
            assertThat(text(flush.getAttributesList(), "group_key")).isEqualTo("{}:{alertname=\"A\"}");
            assertThat(text(flush.getAttributesList(), "receiver")).isEqualTo("pager");
            assertThat(number(flush, "alerts")).isEqualTo(1);
            Span muting = only(spans, "pipeline.mute");
            assertThat(muting).satisfies(isPartOf(flush));
            assertThat(number(muting, "muted")).isZero();
            Span integration = only(spans, "pipeline.integration");
            assertThat(integration).satisfies(isPartOf(flush));
            assertThat(text(integration.getAttributesList(), "integration")).isEqualTo("webhook[0]");
            assertThat(only(spans, "pipeline.dedup")).satisfies(isPartOf(integration));
            assertThat(only(spans, "pipeline.claim")).satisfies(isPartOf(integration));
            assertThat(only(spans, "pipeline.record")).satisfies(isPartOf(integration));

            List<Span> attempts = named(spans, "integration.webhook");
            assertThat(attempts)
                    .hasSize(2)
                    .allSatisfy(attempt -> assertThat(attempt).satisfies(isPartOf(integration)));
            assertThat(attempts)
                    .extracting(attempt -> number(attempt, "attempt"))
                    .containsExactly(1L, 2L);
            assertThat(attempts)
                    .extracting(attempt -> attempt.getStatus().getCode())
                    .containsExactly(Status.StatusCode.STATUS_CODE_ERROR, Status.StatusCode.STATUS_CODE_UNSET);
            assertThat(refused).startsWith(placeOf(attempts.get(0)));
            assertThat(accepted).startsWith(placeOf(attempts.get(1)));
        }
    }

    private static ThrowingConsumer<Span> isPartOf(Span parent) {
        return part -> {
            assertThat(part.getTraceId()).isEqualTo(parent.getTraceId());
            assertThat(part.getParentSpanId()).isEqualTo(parent.getSpanId());
        };
    }

    /** A {@code traceparent} without its flags. */
    private static String placeOf(Span span) {
        return "00-" + hex(span.getTraceId()) + "-" + hex(span.getSpanId()) + "-";
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static List<Span> named(List<Span> spans, String name) {
        return spans.stream().filter(span -> span.getName().equals(name)).toList();
    }

    private static Span only(List<Span> spans, String name) {
        assertThat(named(spans, name)).as(name).hasSize(1);
        return named(spans, name).getFirst();
    }

    private static String text(List<KeyValue> attributes, String key) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    private static long number(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getIntValue())
                .findFirst()
                .orElse(-1L);
    }
}
