package dev.tocsin.core.config;

import dev.tocsin.core.config.http.HttpClientPrinter;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.time.PrometheusDuration;
import dev.tocsin.core.yaml.YamlMapping;
import java.time.Duration;
import java.util.Collections;

/** Prints the {@code tracing} and {@code event_recorder} blocks. */
final class TelemetryPrinter {
    private TelemetryPrinter() {}

    static void tracing(TracingConfig tracing, YamlMapping out) {
        out.textIfSet("client_type", tracing.clientType()).textIfSet("endpoint", tracing.endpoint());
        if (tracing.samplingFraction() != 0) {
            out.number("sampling_fraction", tracing.samplingFraction());
        }
        out.boolIfTrue("insecure", tracing.insecure());
        TlsConfig tls = tracing.tlsConfig();
        if (tls != null) {
            out.mapping("tls_config", block -> HttpClientPrinter.tlsBlock(tls, block));
        }
        HttpClientPrinter.headers("headers", tracing.headers(), out);
        out.textIfSet("compression", tracing.compression());
        durationIfSet("timeout", tracing.timeout(), out);
    }

    private static void durationIfSet(String key, Duration value, YamlMapping out) {
        if (!value.isZero()) {
            out.text(key, PrometheusDuration.print(value));
        }
    }

    static void eventRecorder(EventRecorderConfig recorder, YamlMapping out) {
        YamlMapping block = new YamlMapping();
        block.mappingsIfAny("file_outputs", recorder.fileOutputs(), (output, file) -> file.text("path", output.path()))
                .mappingsIfAny("webhook_outputs", recorder.webhookOutputs(), TelemetryPrinter::webhook)
                .mappingsIfAny("kafka_outputs", recorder.kafkaOutputs(), TelemetryPrinter::kafka)
                .mappingsIfAny(
                        "stdout_outputs", Collections.nCopies(recorder.stdoutOutputs(), ""), (output, stdout) -> {});
        if (!block.isEmpty()) {
            out.put("event_recorder", block);
        }
    }

    private static void webhook(EventRecorderConfig.WebhookOutput output, YamlMapping out) {
        out.textIfSet("url", output.url());
        HttpClientPrinter.print(output.httpConfig(), out);
        durationIfSet("timeout", output.timeout(), out);
        integerIfSet("workers", output.workers(), out);
        integerIfSet("max_retries", output.maxRetries(), out);
        durationIfSet("retry_backoff", output.retryBackoff(), out);
        out.boolIfTrue("batch", output.batch());
        integerIfSet("batch_max_events", output.batchMaxEvents(), out);
        integerIfSet("batch_max_bytes", output.batchMaxBytes(), out);
        durationIfSet("batch_flush_interval", output.batchFlushInterval(), out);
    }

    private static void kafka(EventRecorderConfig.KafkaOutput output, YamlMapping out) {
        out.texts("brokers", output.brokers())
                .text("topic", output.topic())
                .textIfSet("client_id", output.clientId())
                .textIfSet("format", output.format())
                .textIfSet("acks", output.acks())
                .textIfSet("compression", output.compression());
        integerIfSet("buffer_size", output.bufferSize(), out);
        TlsConfig tls = output.tlsConfig();
        if (tls != null) {
            out.mapping("tls_config", block -> HttpClientPrinter.tlsBlock(tls, block));
        }
    }

    private static void integerIfSet(String key, long value, YamlMapping out) {
        if (value != 0) {
            out.integer(key, value);
        }
    }
}
