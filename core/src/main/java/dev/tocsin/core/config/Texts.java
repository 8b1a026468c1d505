package dev.tocsin.core.config;

import dev.tocsin.core.time.InvalidTimeException;
import dev.tocsin.core.time.PrometheusDuration;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import java.time.Duration;

/** Decoders of values that several blocks write as texts (contract section 2.3). */
final class Texts {
    private Texts() {}

    static Duration duration(String text) throws InvalidValueException {
        try {
            return PrometheusDuration.parse(text);
        } catch (InvalidTimeException e) {
            throw new InvalidValueException(String.valueOf(e.getMessage()));
        }
    }

    /** A {@code host:port}; empty for none. */
    static String hostPort(String text) throws InvalidValueException {
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
    static SecretSource secret(YamlFields fields, String key) {
        return new SecretSource(fields.text(key, Secret.NONE, Secret::new), fields.string(key + "_file"));
    }

    /** As {@link #secret}, the secret being the address of an HTTP server. */
    static SecretSource secretUrl(YamlFields fields, String key) {
        return new SecretSource(fields.text(key, Secret.NONE, Url::parseSecretHttp), fields.string(key + "_file"));
    }
}
