package dev.tocsin.app.tracing;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.TracingConfig;
import dev.tocsin.core.config.http.HttpHeaderConfig;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.core.trace.Tracing.TracingException;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporterBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes the exporter of a {@code tracing} block (contract section 2.9). Stateless. */
final class OtlpExporters {
    private OtlpExporters() {}

    static SpanExporter of(TracingConfig config) throws TracingException {
        if (config.endpoint().contains("/")) {
            throw new TracingException("tracing endpoint must be a host and a port, without scheme and path");
        }
        String address = (config.insecure() ? "http://" : "https://") + config.endpoint();
        try {
            ExporterTls tls = config.insecure() ? null : ExporterTls.of(tls(config));
            return config.clientType().equals("http") ? http(config, address, tls) : grpc(config, address, tls);
        } catch (TlsException e) {
            throw new TracingException("tracing tls_config: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new TracingException("tracing endpoint: " + e.getMessage());
        }
    }

    private static TlsConfig tls(TracingConfig config) {
        TlsConfig tls = config.tlsConfig();
        return tls == null ? TlsConfig.NONE : tls;
    }

    private static SpanExporter http(TracingConfig config, String address, @Nullable ExporterTls tls)
            throws TracingException {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder().setEndpoint(address + "/v1/traces");
        if (tls != null) {
            builder.setSslContext(tls.context(), tls.trust());
        }
        if (!config.compression().isEmpty()) {
            builder.setCompression(config.compression());
        }
        if (config.timeout().isPositive()) {
            builder.setTimeout(config.timeout());
        }
        addHeaders(config.headers(), builder::addHeader);
        return builder.build();
    }

    private static SpanExporter grpc(TracingConfig config, String address, @Nullable ExporterTls tls)
            throws TracingException {
        OtlpGrpcSpanExporterBuilder builder = OtlpGrpcSpanExporter.builder().setEndpoint(address);
        if (tls != null) {
            builder.setSslContext(tls.context(), tls.trust());
        }
        if (!config.compression().isEmpty()) {
            builder.setCompression(config.compression());
        }
        if (config.timeout().isPositive()) {
            builder.setTimeout(config.timeout());
        }
        addHeaders(config.headers(), builder::addHeader);
        return builder.build();
    }

    private static void addHeaders(Map<String, HttpHeaderConfig> headers, BiConsumer<String, String> to)
            throws TracingException {
        for (Map.Entry<String, HttpHeaderConfig> header : headers.entrySet()) {
            HttpHeaderConfig values = header.getValue();
            if (!values.files().isEmpty()) {
                throw new TracingException("tracing headers: files are not supported, use values or secrets");
            }
            values.values().forEach(value -> to.accept(header.getKey(), value));
            for (Secret secret : values.secrets()) {
                to.accept(header.getKey(), secret.reveal());
            }
        }
    }
}
