package dev.tocsin.core.config;

import dev.tocsin.core.time.GoDuration;
import dev.tocsin.core.time.InvalidTimeException;
import dev.tocsin.core.time.PrometheusDuration;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlResolver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decoders of values that several blocks and integrations write as texts (contract section 2.3). Stateless. */
public final class Texts {
    private Texts() {}

    /**
     * A duration in the units of the configuration, such as {@code 1h30m}.
     *
     * @throws InvalidValueException if it is none
     */
    public static Duration duration(String text) throws InvalidValueException {
        try {
            return PrometheusDuration.parse(text);
        } catch (InvalidTimeException e) {
            throw new InvalidValueException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * A {@code host:port}; empty for none.
     *
     * @throws InvalidValueException if the port is missing
     */
    public static String hostPort(String text) throws InvalidValueException {
        if (text.isEmpty()) {
            return text;
        }
        int colon = text.lastIndexOf(':');
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        if (text.startsWith("[") && bracket < 0) {
            throw new InvalidValueException("address " + text + ": missing ']' in address");
        }
        if (colon < 0 || (bracket >= 0 && bracket == text.length() - 1)) {
            throw new InvalidValueException("address " + text + ": missing port in address");
        }
        boolean many = bracket < 0 ? text.indexOf(':') != colon : bracket + 1 != colon;
        if (many) {
            throw new InvalidValueException("address " + text + ": too many colons in address");
        }
        if (colon == text.length() - 1) {
            throw new InvalidValueException("address \"" + text + "\": port cannot be empty");
        }
        return text;
    }

    /** The secret behind {@code key} or its file behind {@code key_file}, the path as it is written. */
    public static SecretSource secret(YamlFields fields, String key) {
        return new SecretSource(fields.text(key, Secret.NONE, Secret::new), fields.string(key + "_file"));
    }

    /** As {@link #secret}, the secret being the address of an HTTP server. */
    public static SecretSource secretUrl(YamlFields fields, String key) {
        return new SecretSource(fields.text(key, Secret.NONE, Url::parseSecretHttp), fields.string(key + "_file"));
    }

    /** A duration as Go writes it, such as {@code 1.5s}; a bare number counts nanoseconds. Zero if the key is absent. */
    public static Duration goDuration(YamlFields fields, String key) {
        return fields.scalar(key, Duration.ZERO, Duration.ZERO, "time.Duration", Texts::goDuration);
    }

    private static @Nullable Duration goDuration(YamlNode.Scalar scalar) {
        return switch (YamlResolver.value(scalar)) {
            case Long nanos -> Duration.ofNanos(nanos);
            case Double nanos when Math.abs(nanos) < 1L << 62 -> Duration.ofNanos(nanos.longValue());
            case String text -> {
                try {
                    yield GoDuration.parse(text);
                } catch (InvalidTimeException e) {
                    yield null;
                }
            }
            case null, default -> null;
        };
    }
}
