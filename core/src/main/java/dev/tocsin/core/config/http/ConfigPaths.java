package dev.tocsin.core.config.http;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.yaml.YamlFields;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where relative paths of files start.
 *
 * @param folder null to leave them as they are
 */
record ConfigPaths(@Nullable Path folder) {
    String resolve(String file) {
        if (file.isEmpty() || file.startsWith("/") || folder == null) {
            return file;
        }
        return folder.resolve(file).normalize().toString();
    }

    /** The path behind {@code key}; empty if it is absent. */
    String file(YamlFields fields, String key) {
        return resolve(fields.string(key));
    }

    /** The secret behind {@code key}, or its file behind {@code key_file}. */
    SecretSource secret(YamlFields fields, String key) {
        return new SecretSource(fields.text(key, Secret.NONE, Secret::new), file(fields, key + "_file"));
    }
}
