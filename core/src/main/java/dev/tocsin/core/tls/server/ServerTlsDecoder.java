package dev.tocsin.core.tls.server;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.http.TlsVersion;
import dev.tocsin.core.tls.PemSource;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code tls_server_config} blocks. Immutable; safe for all threads. */
public final class ServerTlsDecoder {
    /** The block's Go type, for messages. */
    public static final String TYPE = "web.TLSConfig";

    private static final Map<String, String> CURVES =
            Map.of("CurveP256", "secp256r1", "CurveP384", "secp384r1", "CurveP521", "secp521r1", "X25519", "x25519");

    private final Path folder;

    /** @param folder where relative paths start */
    public ServerTlsDecoder(Path folder) {
        this.folder = folder;
    }

    /** The block; empty if something is wrong with it, which the problems then say. */
    public Optional<ServerTls> decode(YamlFields fields) {
        return decode(fields, true);
    }

    /** As {@link #decode}, but a block that names neither certificates nor what clients must show is no TLS: empty. */
    public Optional<ServerTls> decodeOptional(YamlFields fields) {
        return decode(fields, false);
    }

    private Optional<ServerTls> decode(YamlFields fields, boolean needed) {
        PemSource certificate = source(fields, "cert", "cert_file");
        PemSource key = source(fields, "key", "key_file");
        PemSource authorities = source(fields, "client_ca", "client_ca_file");
        String asked = fields.string("client_auth_type");
        ClientAuth auth = fields.text("client_auth_type", ClientAuth.NONE, ServerTlsDecoder::clientAuth);
        List<String> names = fields.strings("client_allowed_sans");
        TlsVersion min = fields.text("min_version", TlsVersion.TLS12, ServerTlsDecoder::version);
        TlsVersion max = fields.text("max_version", TlsVersion.TLS13, ServerTlsDecoder::version);
        List<String> suites = fields.strings("cipher_suites");
        List<String> groups = fields.texts("curve_preferences", "web.Curve", "", ServerTlsDecoder::curve);
        boolean ownOrder = fields.bool("prefer_server_cipher_suites", true);
        TlsVersion lowest = min.compareTo(TlsVersion.TLS12) < 0 ? TlsVersion.TLS12 : min;
        if (!needed && certificate == null && key == null && authorities == null && asked.isEmpty()) {
            return Optional.empty();
        }
        if (certificate == null) {
            fields.refuse("missing one of cert or cert_file");
        } else if (key == null) {
            fields.refuse("missing one of key or key_file");
        } else if (authorities != null && auth == ClientAuth.NONE) {
            fields.refuseAt("client_auth_type", "Client CA's have been configured without a Client Auth Policy");
        } else if (!names.isEmpty() && (auth == ClientAuth.NONE || auth == ClientAuth.REQUEST)) {
            fields.refuseAt(
                    "client_allowed_sans", "client_allowed_sans needs a client_auth_type that asks for a certificate");
        } else if (max.compareTo(TlsVersion.TLS12) < 0) {
            fields.refuseAt(
                    "max_version", max + " is not supported: the Java runtime has no TLS below 1.2, write TLS12");
        } else if (max.compareTo(lowest) < 0) {
            fields.refuseAt("max_version", "max_version must be greater than or equal to min_version");
        } else {
            return Optional.of(
                    new ServerTls(certificate, key, auth, authorities, names, lowest, max, suites, groups, ownOrder));
        }
        return Optional.empty();
    }

    private @Nullable PemSource source(YamlFields fields, String inline, String path) {
        String text = fields.string(inline);
        String named = fields.string(path);
        if (!text.isEmpty() && !named.isEmpty()) {
            fields.refuseAt(inline, "at most one of " + inline + " and " + path + " must be configured");
        }
        if (!named.isEmpty()) {
            return new PemSource.File(folder.resolve(named).normalize());
        }
        return text.isEmpty() ? null : new PemSource.Inline(new Secret(text));
    }

    private static ClientAuth clientAuth(String text) throws InvalidValueException {
        if (text.isEmpty()) {
            return ClientAuth.NONE;
        }
        if (text.equals("RequireClientCert")) {
            return ClientAuth.REQUIRE_ANY; // an older spelling that is still accepted
        }
        for (ClientAuth auth : ClientAuth.values()) {
            if (auth.text().equals(text)) {
                return auth;
            }
        }
        throw new InvalidValueException("Invalid ClientAuth: " + text);
    }

    private static TlsVersion version(String text) throws InvalidValueException {
        for (TlsVersion version : TlsVersion.values()) {
            if (version.name().equals(text)) {
                return version;
            }
        }
        throw new InvalidValueException("unknown TLS version: " + text);
    }

    private static String curve(String text) throws InvalidValueException {
        String group = CURVES.get(text);
        if (group == null) {
            throw new InvalidValueException(
                    "unknown curve: " + text + "; this runtime knows CurveP256, CurveP384, CurveP521 and X25519");
        }
        return group;
    }
}
