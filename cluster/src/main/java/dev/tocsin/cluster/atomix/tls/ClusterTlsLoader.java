package dev.tocsin.cluster.atomix.tls;

import dev.tocsin.cluster.atomix.tls.ServerTls.ClientAuth;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.http.HttpClientDecoder;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.config.http.TlsVersion;
import dev.tocsin.core.tls.PemSource;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlLimits;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlProblem;
import dev.tocsin.core.yaml.YamlProblems;
import dev.tocsin.core.yaml.YamlReader;
import dev.tocsin.core.yaml.YamlSyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the file of {@code --cluster.tls-config}. Reads files, so not for the hub loop. */
final class ClusterTlsLoader {
    private static final String MISSING = "missing 'tls_server_config' entry in the TLS configuration";
    private static final Map<String, String> CURVES =
            Map.of("CurveP256", "secp256r1", "CurveP384", "secp384r1", "CurveP521", "secp521r1", "X25519", "x25519");

    private final Path file;
    private final Path folder;

    ClusterTlsLoader(Path file) {
        this.file = file;
        Path parent = file.toAbsolutePath().getParent();
        this.folder = parent == null ? file.toAbsolutePath() : parent;
    }

    /** @throws TlsException saying what is wrong with the file, and where */
    ClusterTlsConfig load() throws TlsException {
        String text = new PemSource.File(file).read();
        YamlProblems problems = new YamlProblems();
        @Nullable ClusterTlsConfig config;
        try {
            YamlNode root = new YamlReader(text, YamlLimits.DEFAULT).read();
            if (root == null || root.isNull()) {
                throw new TlsException(MISSING);
            }
            config = problems.struct(root, "cluster.TLSTransportConfig", this::decode)
                    .orElse(null);
        } catch (YamlSyntaxException e) {
            throw new TlsException(file + ": " + e.getMessage(), e);
        }
        if (!problems.isEmpty()) {
            YamlProblem first = problems.reported().getFirst();
            throw new TlsException(
                    file + ":" + first.at().line() + ":" + first.at().column() + ": " + first.message());
        }
        if (config == null) {
            throw new TlsException(MISSING);
        }
        return config;
    }

    private Optional<ClusterTlsConfig> decode(YamlFields fields) {
        Optional<ServerTls> server = fields.struct("tls_server_config", "web.TLSConfig", this::server);
        TlsConfig client = new HttpClientDecoder(folder).tls(fields, "tls_client_config");
        return server == null
                ? Optional.empty()
                : server.map(accepted -> new ClusterTlsConfig(accepted, client == null ? TlsConfig.NONE : client));
    }

    private Optional<ServerTls> server(YamlFields fields) {
        PemSource certificate = source(fields, "cert", "cert_file");
        PemSource key = source(fields, "key", "key_file");
        PemSource authorities = source(fields, "client_ca", "client_ca_file");
        ClientAuth auth = fields.text("client_auth_type", ClientAuth.NONE, ClusterTlsLoader::clientAuth);
        List<String> names = fields.strings("client_allowed_sans");
        TlsVersion min = fields.text("min_version", null, ClusterTlsLoader::version);
        TlsVersion max = fields.text("max_version", null, ClusterTlsLoader::version);
        List<String> suites = fields.strings("cipher_suites");
        List<String> groups = fields.texts("curve_preferences", "web.Curve", "", ClusterTlsLoader::curve);
        boolean ownOrder = fields.bool("prefer_server_cipher_suites", true);
        if (certificate == null) {
            fields.refuse("missing one of cert or cert_file");
        } else if (key == null) {
            fields.refuse("missing one of key or key_file");
        } else if (authorities != null && auth == ClientAuth.NONE) {
            fields.refuseAt("client_auth_type", "client CA's have been configured without a Client Auth Policy");
        } else if (!names.isEmpty() && !auth.verifies()) {
            fields.refuseAt("client_allowed_sans", "client_allowed_sans needs a client_auth_type that verifies");
        } else {
            return Optional.of(
                    new ServerTls(certificate, key, auth, authorities, names, min, max, suites, groups, ownOrder));
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
                if (version.compareTo(TlsVersion.TLS12) < 0) {
                    throw new InvalidValueException(text + " is not supported: the Java runtime has no TLS below 1.2");
                }
                return version;
            }
        }
        throw new InvalidValueException("unknown TLS version: " + text);
    }

    private static String curve(String text) throws InvalidValueException {
        String group = CURVES.get(text);
        if (group == null) {
            throw new InvalidValueException(
                    "unknown curve: " + text + ", known are " + new ArrayList<>(CURVES.keySet()));
        }
        return group;
    }
}
