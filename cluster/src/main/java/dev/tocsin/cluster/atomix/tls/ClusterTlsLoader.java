package dev.tocsin.cluster.atomix.tls;

import dev.tocsin.core.config.http.HttpClientDecoder;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.tls.PemSource;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.core.tls.server.ServerTls;
import dev.tocsin.core.tls.server.ServerTlsDecoder;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlLimits;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlProblem;
import dev.tocsin.core.yaml.YamlProblems;
import dev.tocsin.core.yaml.YamlReader;
import dev.tocsin.core.yaml.YamlSyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the file of {@code --cluster.tls-config}. Reads files, so not for the hub loop. */
final class ClusterTlsLoader {
    private static final String MISSING = "missing 'tls_server_config' entry in the TLS configuration";

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
        Optional<ServerTls> server =
                fields.struct("tls_server_config", ServerTlsDecoder.TYPE, new ServerTlsDecoder(folder)::decode);
        TlsConfig client = new HttpClientDecoder(folder).tls(fields, "tls_client_config");
        return server == null
                ? Optional.empty()
                : server.map(accepted -> new ClusterTlsConfig(accepted, client == null ? TlsConfig.NONE : client));
    }
}
