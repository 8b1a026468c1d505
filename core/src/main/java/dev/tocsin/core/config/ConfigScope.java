package dev.tocsin.core.config;

import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.HttpClientDecoder;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlProblems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What decoders of parts of one configuration share. Not for several threads.
 *
 * @param problems where to say what is wrong
 * @param baseDirectory the folder of the configuration file: relative paths of some keys start there
 */
public record ConfigScope(YamlProblems problems, Path baseDirectory) {
    /** The path of a file whose relative form starts at the folder of the configuration; empty stays empty. */
    public String path(String written) {
        boolean asIs = written.isEmpty() || written.startsWith("/");
        return asIs ? written : baseDirectory.resolve(written).normalize().toString();
    }

    /** The {@code http_config} of an integration; null if it is not written, so that the global one holds. */
    public @Nullable HttpClientConfig http(YamlFields fields) {
        return new HttpClientDecoder(baseDirectory).decode(fields, "http_config");
    }

    /** As {@link #http}, for the few integrations whose relative paths start at the working folder. */
    public @Nullable HttpClientConfig httpFromWorkingFolder(YamlFields fields) {
        return new HttpClientDecoder(null).decode(fields, "http_config");
    }

    /** A {@code tls_config} whose relative paths start at the working folder; null if it is not written. */
    public @Nullable TlsConfig tlsFromWorkingFolder(YamlFields fields, String key) {
        return new HttpClientDecoder(null).tls(fields, key);
    }
}
