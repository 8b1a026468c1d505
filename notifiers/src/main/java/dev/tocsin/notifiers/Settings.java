package dev.tocsin.notifiers;

import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.template.exec.Functions;
import dev.tocsin.core.template.parse.Parser;
import dev.tocsin.core.template.parse.Source;
import dev.tocsin.core.template.parse.SyntaxException;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import org.jspecify.annotations.Nullable;

/** What several kinds read, check and print alike (notifiers contract section 0.2). Stateless. */
public final class Settings {
    private Settings() {}

    /** An address of an HTTP server; null if the key is absent or null. */
    public static @Nullable Url url(YamlFields fields, String key) {
        return fields.text(key, null, null, Url::parseHttp);
    }

    /**
     * An address that the program itself knows.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Url known(String address) {
        try {
            return Url.parseHttp(address);
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    /**
     * Why a text that is looked at before it is rendered cannot be a template; empty if it can. Only Go's own functions are
     * known there: with Alertmanager's it is refused too (notifiers contract section 1.1).
     */
    public static String syntaxProblem(String template) {
        try {
            Parser.parse(new Source("", template), Functions.builtIn().names());
            return "";
        } catch (SyntaxException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Refuses the map if a value and its file are both given. */
    public static void atMostOne(YamlFields fields, String key, SecretSource source) {
        if (source.isAmbiguous()) {
            fields.refuseAt(key, "at most one of " + key + " & " + key + "_file must be configured");
        }
    }

    /** Refuses the map unless exactly one of a value and its file is given. */
    public static void exactlyOne(YamlFields fields, String key, SecretSource source) {
        if (!source.isSet()) {
            fields.refuse("one of " + key + " or " + key + "_file must be configured");
        }
        atMostOne(fields, key, source);
    }

    /** The integration's own {@code http_config} if it has one, else the global one as a whole. */
    public static HttpClientConfig http(@Nullable HttpClientConfig own, GlobalConfig global) {
        return own == null ? global.httpConfig() : own;
    }

    /**
     * The value and the file, each from the global settings if the integration has none. Both can be set then; the contract
     * says which one counts.
     */
    public static SecretSource inherit(SecretSource own, SecretSource global) {
        return new SecretSource(
                own.inline().isEmpty() ? global.inline() : own.inline(),
                own.file().isEmpty() ? global.file() : own.file());
    }

    /** Prints a value as its mask and its file as it is, whichever are given. */
    public static void print(String key, SecretSource source, YamlMapping out) {
        out.textIfSet(key, source.inline()).textIfSet(key + "_file", source.file());
    }
}
