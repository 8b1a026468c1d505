package dev.tocsin.core.config;

import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.TlsConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code event_recorder} block as it is written (contract section 2.10). Zero and empty mean that a key is absent: the
 * default holds.
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
     * @param timeout of one request; 10 s by default
     * @param workers how many requests run at once; 4 by default
     * @param maxRetries 3 by default
     * @param retryBackoff doubles with each retry; 500 ms by default
     * @param batch whether a body holds many events
     * @param batchMaxEvents 100 by default
     * @param batchMaxBytes bytes of one body; 1 MiB by default
     * @param batchFlushInterval 100 ms by default
     */
    public record WebhookOutput(
            Secret url,
            @Nullable HttpClientConfig httpConfig,
            Duration timeout,
            long workers,
            long maxRetries,
            Duration retryBackoff,
            boolean batch,
            long batchMaxEvents,
            long batchMaxBytes,
            Duration batchFlushInterval) {}

    /**
     * Events sent to Kafka.
     *
     * @param clientId {@code alertmanager} by default
     * @param format {@code json} or {@code protobuf}
     * @param acks {@code none}, {@code leader} or {@code all}
     * @param bufferSize how many events may wait; 1024 by default
     * @param tlsConfig null for no TLS
     */
    public record KafkaOutput(
            List<String> brokers,
            String topic,
            String clientId,
            String format,
            String acks,
            String compression,
            long bufferSize,
            @Nullable TlsConfig tlsConfig) {}
}
