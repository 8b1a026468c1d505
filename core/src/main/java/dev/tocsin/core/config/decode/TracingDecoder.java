package dev.tocsin.core.config.decode;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.config.TracingConfig;
import dev.tocsin.core.config.http.HttpClientDecoder;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import java.time.Duration;

/** Reads the {@code tracing} block (contract section 2.9). */
final class TracingDecoder {
    private final ConfigScope scope;

    TracingDecoder(ConfigScope scope) {
        this.scope = scope;
    }

    TracingConfig decode(YamlFields fields) {
        TracingConfig tracing = new TracingConfig(
                fields.text("client_type", "grpc", TracingDecoder::clientType),
                fields.string("endpoint"),
                fields.number("sampling_fraction", 0),
                fields.bool("insecure", false),
                scope.tlsFromWorkingFolder(fields, "tls_config"),
                new HttpClientDecoder(null).headers(fields, "headers"),
                fields.string("compression"),
                fields.text("timeout", Duration.ZERO, Texts::duration));
        if (tracing.endpoint().isEmpty()) {
            fields.refuse("tracing endpoint must be set");
        } else if (!tracing.compression().isEmpty() && !tracing.compression().equals("gzip")) {
            fields.refuseAt(
                    "compression",
                    "invalid compression type " + tracing.compression() + " provided, valid options: gzip");
        }
        return tracing;
    }

    private static String clientType(String text) throws InvalidValueException {
        if (!text.equals("grpc") && !text.equals("http")) {
            throw new InvalidValueException("expected tracing client type to be to be http or grpc, but got " + text);
        }
        return text;
    }
}
