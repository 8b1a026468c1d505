package dev.tocsin.core.config;

import dev.tocsin.core.config.http.HttpHeaderConfig;
import dev.tocsin.core.config.http.TlsConfig;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tracing} block (contract section 2.9).
 *
 * @param clientType {@code grpc} or {@code http}
 * @param endpoint never empty
 * @param samplingFraction from 0 for none to 1 for all
 * @param compression {@code gzip} or empty
 * @param timeout of one export; zero for the exporter's own
 */
public record TracingConfig(
        String clientType,
        String endpoint,
        double samplingFraction,
        boolean insecure,
        @Nullable TlsConfig tlsConfig,
        Map<String, HttpHeaderConfig> headers,
        String compression,
        Duration timeout) {}
