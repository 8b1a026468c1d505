package dev.tocsin.core.config.http;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;

/** Reads {@code tls_config} blocks. */
final class TlsDecoder {
    private final ConfigPaths paths;

    TlsDecoder(ConfigPaths paths) {
        this.paths = paths;
    }

    TlsConfig decode(YamlFields fields) {
        TlsConfig tls = new TlsConfig(
                fields.string("ca"),
                paths.file(fields, "ca_file"),
                fields.string("ca_ref"),
                fields.string("cert"),
                paths.file(fields, "cert_file"),
                fields.string("cert_ref"),
                fields.text("key", Secret.NONE, Secret::new),
                paths.file(fields, "key_file"),
                fields.string("key_ref"),
                fields.string("server_name"),
                fields.bool("insecure_skip_verify", false),
                fields.text("min_version", null, TlsDecoder::version),
                fields.text("max_version", null, TlsDecoder::version));
        check(fields, tls);
        return tls;
    }

    private static void check(YamlFields fields, TlsConfig tls) {
        boolean hasCert = HttpChecks.isSet(tls.cert(), tls.certFile(), tls.certRef());
        boolean hasKey = HttpChecks.isSet(tls.key().reveal(), tls.keyFile(), tls.keyRef());
        TlsVersion min = tls.minVersion();
        TlsVersion max = tls.maxVersion();
        if (HttpChecks.isMany(tls.ca(), tls.caFile(), tls.caRef())) {
            fields.refuse("at most one of ca, ca_file & ca_ref must be configured");
        } else if (HttpChecks.isMany(tls.cert(), tls.certFile(), tls.certRef())) {
            fields.refuse("at most one of cert, cert_file & cert_ref must be configured");
        } else if (HttpChecks.isMany(tls.key().reveal(), tls.keyFile(), tls.keyRef())) {
            fields.refuse("at most one of key and key_file must be configured");
        } else if (hasCert && !hasKey) {
            fields.refuse("exactly one of key or key_file must be configured when a client certificate is configured");
        } else if (hasKey && !hasCert) {
            fields.refuse("exactly one of cert or cert_file must be configured when a client key is configured");
        } else if (min != null && max != null && max.compareTo(min) < 0) {
            fields.refuseAt(
                    "max_version",
                    "tls_config.max_version must be greater than or equal to tls_config.min_version if both are specified");
        }
    }

    private static TlsVersion version(String text) throws InvalidValueException {
        for (TlsVersion version : TlsVersion.values()) {
            if (version.name().equals(text)) {
                return version;
            }
        }
        throw new InvalidValueException("unknown TLS version: " + text);
    }
}
