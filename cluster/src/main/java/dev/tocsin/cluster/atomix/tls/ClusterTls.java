package dev.tocsin.cluster.atomix.tls;

import dev.tocsin.cluster.atomix.link.Tls;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.config.http.TlsVersion;
import dev.tocsin.core.tls.Certificates;
import dev.tocsin.core.tls.PemSource;
import dev.tocsin.core.tls.Reloading;
import dev.tocsin.core.tls.SslContexts;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.core.tls.TlsIdentity;
import dev.tocsin.core.tls.TrustedRoots;
import dev.tocsin.core.tls.server.ServerEngines;
import dev.tocsin.core.tls.server.ServerTls;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS between nodes as {@code --cluster.tls-config} says. The file itself is read once; the certificates it names are read
 * again at each {@link #refresh}, and new connections use them. Safe for all threads.
 */
public final class ClusterTls implements Tls {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterTls.class);

    private final ClusterTlsConfig config;
    private final Map<String, String> environment;
    private final ServerEngines server;
    private final Reloading<SSLContext> clientContext;
    private volatile SSLContext client;

    /**
     * Reads the file and all certificates.
     *
     * @param environment the process environment: names the system's authorities
     * @throws TlsException saying what is missing, unusable or not supported
     */
    public ClusterTls(Path file, Map<String, String> environment) throws TlsException {
        this.config = new ClusterTlsLoader(file).load();
        this.environment = Map.copyOf(environment);
        TlsConfig opened = config.client();
        if (!opened.caRef().isEmpty()
                || !opened.certRef().isEmpty()
                || !opened.keyRef().isEmpty()) {
            throw new TlsException("references to a secret store are not supported in tls_client_config");
        }
        ServerTls accepted = config.server();
        this.server = new ServerEngines(accepted, environment);
        this.clientContext =
                new Reloading<>(sources(clientAuthorities(), clientCertificate(), clientKey()), this::clientFrom);
        this.client = clientContext.current();
        if (!accepted.clientAuth().verifies()) {
            LOG.atWarn()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("client_auth_type", accepted.clientAuth().text())
                    .log("TLS between nodes does not verify who connects; use RequireAndVerifyClientCert");
        }
    }

    private static List<PemSource> sources(@Nullable PemSource... sources) {
        List<PemSource> present = new ArrayList<>();
        for (PemSource source : sources) {
            if (source != null) {
                present.add(source);
            }
        }
        return present;
    }

    private static @Nullable PemSource source(Secret inline, String file) {
        if (!file.isEmpty()) {
            return new PemSource.File(Path.of(file));
        }
        return inline.isEmpty() ? null : new PemSource.Inline(inline);
    }

    private @Nullable PemSource clientAuthorities() {
        return source(new Secret(config.client().ca()), config.client().caFile());
    }

    private @Nullable PemSource clientCertificate() {
        return source(new Secret(config.client().cert()), config.client().certFile());
    }

    private @Nullable PemSource clientKey() {
        return source(config.client().key(), config.client().keyFile());
    }

    private SSLContext clientFrom(List<String> texts) throws TlsException {
        PemSource authorities = clientAuthorities();
        PemSource certificate = clientCertificate();
        PemSource key = clientKey();
        TlsIdentity identity = null;
        if (certificate != null && key != null) {
            int next = authorities == null ? 0 : 1;
            identity = TlsIdentity.parse(texts.get(next), certificate.name(), texts.get(next + 1), key.name());
        }
        return SslContexts.of(
                identity,
                config.client().insecureSkipVerify() ? SslContexts.trustEverybody() : trust(authorities, texts));
    }

    private TrustManager[] trust(@Nullable PemSource authorities, List<String> texts) throws TlsException {
        if (authorities == null) {
            return TrustedRoots.system(environment);
        }
        List<X509Certificate> roots = Certificates.parse(texts.getFirst(), authorities.name());
        if (roots.isEmpty()) {
            throw new TlsException("no certificate found in " + authorities.name());
        }
        return TrustedRoots.of(roots);
    }

    @Override
    public void refresh() {
        try {
            server.refresh();
            client = clientContext.current();
        } catch (TlsException e) {
            throw new IllegalStateException("what was loaded before stays", e);
        }
    }

    @Override
    public SSLEngine client(InetSocketAddress peer) {
        TlsConfig opened = config.client();
        String named = opened.serverName();
        String host = named.isEmpty() ? peer.getAddress().getHostAddress() : named;
        SSLEngine engine = client.createSSLEngine(host, peer.getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(
                TlsVersion.protocols(opened.minVersion(), opened.maxVersion()).toArray(String[]::new));
        if (!opened.insecureSkipVerify()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (!named.isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(named)));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public SSLEngine server() {
        return server.engine();
    }
}
