package dev.tocsin.app.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.TracingConfig;
import dev.tocsin.core.config.http.HttpHeaderConfig;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.config.http.TlsVersion;
import dev.tocsin.core.trace.Tracing;
import dev.tocsin.core.trace.Tracing.TracingException;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfiguredTracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    private final SpanSink sink = new SpanSink();
    private final ConfiguredTracing tracing = new ConfiguredTracing("1.2.3", Runnable::run);

    ConfiguredTracingTest() throws IOException {}

    @AfterEach
    void close() {
        tracing.close();
        sink.close();
    }

    private TracingConfig config(double fraction, String compression, Map<String, HttpHeaderConfig> headers) {
        return new TracingConfig(
                "http", sink.address(), fraction, true, null, headers, compression, Duration.ofSeconds(5));
    }

    private void configure(TracingConfig config) throws TracingException {
        tracing.prepare(config).apply();
    }

    private static TracingConfig to(String type, String endpoint, @Nullable TlsConfig tls) {
        return new TracingConfig(type, endpoint, 1, tls == null, tls, Map.of(), "", Duration.ZERO);
    }

    @Test
    void exportsSpansWithTheirPlaceAndDetails() throws Exception {
        configure(config(1, "gzip", Map.of("X-Tenant", new HttpHeaderConfig(List.of("a"), List.of(), List.of()))));
        dev.tocsin.core.trace.Span root = tracing.root("dispatcher.flush").attribute("alerts", 2);
        dev.tocsin.core.trace.Span child = root.child("pipeline.mute").attribute("muted", "none");
        child.fail("no");
        child.end();
        root.end();
        tracing.close();
        SpanSink.Export export = sink.take();
        assertThat(export.path()).isEqualTo("/v1/traces");
        assertThat(export.headers()).containsEntry("X-tenant", List.of("a")).containsKey("Content-encoding");
        assertThat(export.resource("service.name")).isEqualTo("alertmanager");
        assertThat(export.resource("service.version")).isEqualTo("1.2.3");
        var spans = export.spans();
        assertThat(spans).extracting(span -> span.getName()).containsExactly("pipeline.mute", "dispatcher.flush");
        assertThat(spans.get(0).getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
        assertThat(spans.get(0).getTraceId()).isEqualTo(spans.get(1).getTraceId());
        assertThat(spans.get(0).getStatus().getMessage()).isEqualTo("no");
        assertThat(spans.get(1).getAttributes(0).getValue().getIntValue()).isEqualTo(2);
    }

    @Test
    void secretsInHeadersAreSent() throws Exception {
        configure(config(
                1, "", Map.of("X-Key", new HttpHeaderConfig(List.of(), List.of(new Secret("s3cret")), List.of()))));
        tracing.root("a").end();
        tracing.close();
        assertThat(sink.take().headers()).containsEntry("X-key", List.of("s3cret"));
    }

    @Test
    void aRequestFromATraceBecomesPartOfItAndPassesItOn() throws Exception {
        configure(config(0, "", Map.of()));
        dev.tocsin.core.trace.Span span = tracing.received(
                "POST /", name -> name.equals("traceparent") ? "00-" + TRACE + "-" + PARENT + "-01" : null);
        Map<String, String> headers = span.call(() -> tracing.current().headers());
        span.end();
        tracing.close();
        var exported = sink.take().spans().getFirst();
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(exported.getTraceId().toByteArray())).isEqualTo(TRACE);
        assertThat(hex.formatHex(exported.getParentSpanId().toByteArray())).isEqualTo(PARENT);
        assertThat(headers)
                .containsEntry(
                        "traceparent",
                        "00-" + TRACE + "-" + hex.formatHex(exported.getSpanId().toByteArray()) + "-01");
    }

    @Test
    void withoutAFractionOnlyTracesOfOthersAreExported() throws Exception {
        configure(config(0, "", Map.of()));
        tracing.root("a").end();
        tracing.close();
        assertThat(sink.waiting()).isZero();
    }

    @Test
    void equalSettingsKeepTheExporterAndNoneRemoveIt() throws Exception {
        assertThat(tracing.prepare(null)).isSameAs(Tracing.Change.NONE);
        configure(config(1, "", Map.of()));
        assertThat(tracing.prepare(config(1, "", Map.of()))).isSameAs(Tracing.Change.NONE);
        tracing.root("a").end();
        tracing.prepare(null).apply();
        assertThat(sink.take().spans()).hasSize(1);
        assertThat(tracing.root("b")).isSameAs(dev.tocsin.core.trace.Span.NONE);
    }

    @Test
    void carriedWorkKnowsItsSpan() throws Exception {
        configure(config(1, "", Map.of()));
        dev.tocsin.core.trace.Span span = tracing.root("a");
        Runnable[] carried = new Runnable[1];
        @Nullable String[] seen = new String[1];
        span.call(() -> carried[0] =
                tracing.carry(() -> seen[0] = tracing.current().headers().get("traceparent")));
        assertThat(tracing.current()).isSameAs(dev.tocsin.core.trace.Span.NONE);
        carried[0].run();
        assertThat(seen[0]).isEqualTo(span.headers().get("traceparent"));
    }

    @Test
    void aSpanNamesThoseThatLedToItUnlessTheyAreNotExported() throws Exception {
        configure(config(1, "", Map.of()));
        dev.tocsin.core.trace.Span cause = tracing.root("post");
        cause.end();
        tracing.root("flush", List.of(Objects.requireNonNull(cause.link()))).end();
        tracing.close();
        var spans = sink.take().spans();
        assertThat(spans.get(1).getLinksList())
                .singleElement()
                .satisfies(link ->
                        assertThat(link.getSpanId()).isEqualTo(spans.get(0).getSpanId()))
                .satisfies(link ->
                        assertThat(link.getTraceId()).isEqualTo(spans.get(0).getTraceId()));
        assertThat(spans.get(1).getParentSpanId().isEmpty()).isTrue();
        configure(config(0, "", Map.of()));
        assertThat(tracing.root("post").link()).isNull();
    }

    @Test
    void whatCannotWorkIsRefused() {
        assertThatThrownBy(() -> tracing.prepare(to("grpc", "http://x:4317", null)))
                .hasMessage("tracing endpoint must be a host and a port, without scheme and path");
        TlsConfig missing =
                new TlsConfig("", "/missing/ca.pem", "", "", "", "", Secret.NONE, "", "", "", false, null, null);
        assertThatThrownBy(() -> tracing.prepare(to("grpc", "x:4317", missing)))
                .isInstanceOf(TracingException.class)
                .hasMessageStartingWith("tracing tls_config: ");
        assertThatThrownBy(() -> tracing.prepare(config(
                        1, "", Map.of("X-Key", new HttpHeaderConfig(List.of(), List.of(), List.of("/some/file"))))))
                .hasMessage("tracing headers: files are not supported, use values or secrets");
    }

    @Test
    void theExporterSpeaksTheVersionsOfTlsThatAreConfigured() throws Exception {
        ExporterTls newest = ExporterTls.of(versions(TlsVersion.TLS13, null));
        try (SSLSocket socket = (SSLSocket) newest.context().getSocketFactory().createSocket()) {
            assertThat(socket.getEnabledProtocols()).containsExactly("TLSv1.3");
        }
        assertThat(newest.context().createSSLEngine().getEnabledProtocols()).containsExactly("TLSv1.3");
        assertThat(newest.context().getDefaultSSLParameters().getProtocols()).containsExactly("TLSv1.3");
        ExporterTls older = ExporterTls.of(versions(TlsVersion.TLS10, TlsVersion.TLS12));
        try (SSLSocket socket = (SSLSocket) older.context().getSocketFactory().createSocket()) {
            assertThat(socket.getEnabledProtocols()).containsExactly("TLSv1.2");
        }
        assertThatThrownBy(() -> ExporterTls.of(versions(null, TlsVersion.TLS11)))
                .hasMessageStartingWith("max_version TLS11 is not supported");
    }

    private static TlsConfig versions(@Nullable TlsVersion lowest, @Nullable TlsVersion highest) {
        return new TlsConfig("", "", "", "", "", "", Secret.NONE, "", "", "", true, lowest, highest);
    }

    @Test
    void exportsOverGrpcToo() throws Exception {
        try (GrpcSpanSink grpc = new GrpcSpanSink()) {
            configure(to("grpc", grpc.address(), null));
            tracing.root("a").end();
            tracing.close();
            assertThat(grpc.take()
                            .getResourceSpans(0)
                            .getScopeSpans(0)
                            .getSpans(0)
                            .getName())
                    .isEqualTo("a");
        }
    }

    @Test
    void bothProtocolsAreBuiltWithAndWithoutTls() throws Exception {
        for (String type : List.of("grpc", "http")) {
            tracing.prepare(to(type, "127.0.0.1:1", null)).discard();
            tracing.prepare(to(type, "127.0.0.1:1", TlsConfig.NONE)).discard();
        }
    }
}
