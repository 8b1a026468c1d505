package dev.tocsin.notifiers.http.socket;

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
import dev.tocsin.notifiers.http.message.TransportException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Talks TLS as a {@code tls_config} says. Certificates are loaded at first use and again when their files change. Safe for
 * all threads.
 */
public final class TlsClient {
    private static final int HANDSHAKE_MILLIS = 10_000;

    private final TlsConfig config;
    private final Map<String, String> environment;
    private final @Nullable PemSource authorities;
    private final @Nullable PemSource certificate;
    private final @Nullable PemSource key;
    private final Reloading<SSLContext> context;

    /**
     * Loads nothing yet.
     *
     * @param environment the process environment, for {@code SSL_CERT_FILE}
     */
    public TlsClient(TlsConfig config, Map<String, String> environment) {
        this.config = config;
        this.environment = environment;
        this.authorities = source(new Secret(config.ca()), config.caFile());
        this.certificate = source(new Secret(config.cert()), config.certFile());
        this.key = source(config.key(), config.keyFile());
        List<PemSource> sources = new ArrayList<>();
        for (PemSource source : new @Nullable PemSource[] {authorities, certificate, key}) {
            if (source != null) {
                sources.add(source);
            }
        }
        this.context = new Reloading<>(sources, this::build);
    }

    /**
     * Loads what the configuration names, so that what is missing is told when the configuration is loaded.
     *
     * @throws TlsException if something is missing, unusable or not supported
     */
    public void check() throws TlsException {
        if (!config.caRef().isEmpty()
                || !config.certRef().isEmpty()
                || !config.keyRef().isEmpty()) {
            throw new TlsException("references to a secret store are not supported in tls_config");
        }
        TlsVersion max = config.maxVersion();
        if (max != null && max.compareTo(TlsVersion.TLS12) < 0) {
            throw new TlsException("max_version " + max + " is not supported: the Java runtime has no TLS below 1.2");
        }
        if (authorities != null || certificate != null) {
            context.current();
        }
    }

    /** What connections are made with now; another object after a file changed. */
    public SSLContext context() throws TransportException {
        try {
            return context.current();
        } catch (TlsException e) {
            throw TransportException.broken(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Shakes hands over {@code socket}, for at most ten seconds between two packets.
     *
     * @param server whom the certificate must name, unless the configuration says otherwise
     */
    public SSLSocket handshake(SSLContext context, Socket socket, HostPort server) throws IOException {
        String name = config.serverName().isEmpty() ? server.host() : config.serverName();
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, name, server.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(protocols());
        if (!config.insecureSkipVerify()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (Names.literal(name).isEmpty()) {
            serverName(parameters, name);
        }
        tls.setSSLParameters(parameters);
        socket.setSoTimeout(HANDSHAKE_MILLIS);
        try {
            tls.startHandshake();
        } catch (SocketTimeoutException e) {
            throw TransportException.unreachable("net/http: TLS handshake timeout");
        } catch (SSLException e) {
            throw TransportException.unreachable(GoErrors.tls(e));
        } catch (IOException e) {
            throw TransportException.unreachable(GoErrors.read(GoErrors.ends(socket), e));
        }
        socket.setSoTimeout(0);
        return tls;
    }

    private static void serverName(SSLParameters parameters, String name) {
        try {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        } catch (IllegalArgumentException e) {
            // Names with an underscore are no SNI names but exist; they do without.
            parameters.setServerNames(List.of());
        }
    }

    private String[] protocols() {
        TlsVersion min = config.minVersion() == null ? TlsVersion.TLS12 : config.minVersion();
        TlsVersion max = config.maxVersion() == null ? TlsVersion.TLS13 : config.maxVersion();
        List<String> protocols = new ArrayList<>();
        for (TlsVersion version : TlsVersion.values()) {
            if (version.compareTo(min) >= 0 && version.compareTo(max) <= 0) {
                protocols.add(version.protocol());
            }
        }
        return protocols.toArray(String[]::new);
    }

    private SSLContext build(List<String> texts) throws TlsException {
        int next = 0;
        TrustManager[] trust;
        if (authorities != null) {
            List<X509Certificate> roots = Certificates.parse(texts.get(next++), authorities.name());
            if (roots.isEmpty()) {
                throw new TlsException("no certificate found in " + authorities.name());
            }
            trust = TrustedRoots.of(roots);
        } else {
            trust = config.insecureSkipVerify() ? SslContexts.trustEverybody() : TrustedRoots.system(environment);
        }
        TlsIdentity identity = null;
        if (certificate != null && key != null) {
            identity = TlsIdentity.parse(texts.get(next), certificate.name(), texts.get(next + 1), key.name());
        }
        return SslContexts.of(identity, config.insecureSkipVerify() ? SslContexts.trustEverybody() : trust);
    }

    private static @Nullable PemSource source(Secret inline, String file) {
        if (!file.isEmpty()) {
            return new PemSource.File(Path.of(file));
        }
        return inline.isEmpty() ? null : new PemSource.Inline(inline);
    }
}
