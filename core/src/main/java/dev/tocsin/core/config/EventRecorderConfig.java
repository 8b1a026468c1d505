package dev.tocsin.core.config;

import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.TlsConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code event_recorder} block (contract section 2.10).
 *
 * @param stdoutOutputs how many outputs write to the standard output
 */
public record EventRecorderConfig(
        List<FileOutput> fileOutputs,
        List<WebhookOutput> webhookOutputs,
        List<KafkaOutput> kafkaOutputs,
        int stdoutOutputs) {

    /**
     * Events appended to a file.
     *
     * @param path one JSON text per line is appended to it
     */
    public record FileOutput(String path) {}

    /**
     * Events sent over HTTP.
     *
     * @param httpConfig null for the defaults
     * @param retryBackoff doubles with each retry
     * @param batchMaxBytes bytes of one body
     */
    public record WebhookOutput(
            Secret url,
            @Nullable HttpClientConfig httpConfig,
            Duration timeout,
            int workers,
            int maxRetries,
            Duration retryBackoff,
            boolean batch,
            int batchMaxEvents,
            long batchMaxBytes,
            Duration batchFlushInterval) {}

    /**
     * Events sent to Kafka.
     *
     * @param acks {@code none}, {@code leader} or {@code all}
     * @param tlsConfig null for no TLS
     */
    public record KafkaOutput(
            List<String> brokers,
            String topic,
            String clientId,
            String format,
            String acks,
            String compression,
            int bufferSize,
            @Nullable TlsConfig tlsConfig) {}
}
