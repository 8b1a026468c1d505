package dev.tocsin.core.config.decode;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.EventRecorderConfig;
import dev.tocsin.core.config.EventRecorderConfig.FileOutput;
import dev.tocsin.core.config.EventRecorderConfig.KafkaOutput;
import dev.tocsin.core.config.EventRecorderConfig.WebhookOutput;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientDecoder;
import dev.tocsin.core.yaml.YamlFields;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Reads the {@code event_recorder} block (contract section 2.10). */
final class EventRecorderDecoder {
    private static final String PLAIN = "eventrecorder.plain";

    private final ConfigScope scope;

    EventRecorderDecoder(ConfigScope scope) {
        this.scope = scope;
    }

    EventRecorderConfig decode(YamlFields fields) {
        return new EventRecorderConfig(
                outputs(fields, "file_outputs", "eventrecorder.FileOutput", this::file),
                outputs(fields, "webhook_outputs", "eventrecorder.WebhookOutput", this::webhook),
                outputs(fields, "kafka_outputs", "eventrecorder.KafkaOutput", this::kafka),
                outputs(fields, "stdout_outputs", "eventrecorder.StdoutOutput", output -> true)
                        .size());
    }

    private static <T> List<T> outputs(YamlFields fields, String key, String goType, Function<YamlFields, T> decoder) {
        return fields.list(key, goType, item -> fields.problems().struct(item, PLAIN, decoder));
    }

    private FileOutput file(YamlFields fields) {
        String path = fields.string("path");
        if (path.isEmpty()) {
            fields.refuse("event_recorder file output requires a path");
        }
        return new FileOutput(path.isEmpty() ? path : scope.path(path));
    }

    private WebhookOutput webhook(YamlFields fields) {
        WebhookOutput output = new WebhookOutput(
                fields.text("url", Secret.NONE, Url::parseSecretHttp),
                scope.http(fields),
                fields.text("timeout", Duration.ZERO, Texts::duration),
                fields.integer("workers", 0),
                fields.integer("max_retries", 0),
                fields.text("retry_backoff", Duration.ZERO, Texts::duration),
                fields.bool("batch", false),
                fields.integer("batch_max_events", 0),
                fields.integer("batch_max_bytes", 0),
                fields.text("batch_flush_interval", Duration.ZERO, Texts::duration));
        if (output.url().isEmpty()) {
            fields.refuse("event_recorder webhook output requires a url");
        }
        return output;
    }

    private KafkaOutput kafka(YamlFields fields) {
        return new KafkaOutput(
                fields.strings("brokers"),
                fields.string("topic"),
                fields.string("client_id"),
                fields.string("format"),
                fields.string("acks"),
                fields.string("compression"),
                fields.integer("buffer_size", 0),
                new HttpClientDecoder(scope.baseDirectory()).tls(fields, "tls_config"));
    }
}
