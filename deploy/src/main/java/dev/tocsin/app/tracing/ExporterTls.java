package dev.tocsin.app.tracing;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.config.http.TlsVersion;
import dev.tocsin.core.tls.Certificates;
import dev.tocsin.core.tls.PemSource;
import dev.tocsin.core.tls.SslContexts;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.core.tls.TlsIdentity;
import dev.tocsin.core.tls.TrustedRoots;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** What the exporter's connections trust and show. Files are read once, when the configuration is loaded. */
record ExporterTls(SSLContext context, X509TrustManager trust) {
    static ExporterTls of(TlsConfig config) throws TlsException {
        if (!config.caRef().isEmpty()
                || !config.certRef().isEmpty()
                || !config.keyRef().isEmpty()) {
            throw new TlsException("references to a secret store are not supported");
        }
        if (!config.serverName().isEmpty()) {
            throw new TlsException("server_name is not supported here: use the name of the certificate as endpoint");
        }
        TrustManager[] trust = trust(config);
        if (trust.length > 0 && trust[0] instanceof X509TrustManager x509) {
            return new ExporterTls(
                    new VersionedContext(SslContexts.of(identity(config), trust), versions(config)), x509);
        }
        throw new TlsException("the Java runtime has no X.509 trust manager");
    }

    private static List<String> versions(TlsConfig config) throws TlsException {
        List<String> versions = TlsVersion.protocols(config.minVersion(), config.maxVersion());
        if (versions.isEmpty()) {
            throw new TlsException(
                    "max_version " + config.maxVersion() + " is not supported: the Java runtime has no TLS below 1.2");
        }
        return versions;
    }

    private static TrustManager[] trust(TlsConfig config) throws TlsException {
        if (config.insecureSkipVerify()) {
            return SslContexts.trustEverybody();
        }
        PemSource authorities = source(new Secret(config.ca()), config.caFile());
        return authorities == null
                ? TrustedRoots.system(Map.of())
                : TrustedRoots.of(Certificates.parse(authorities.read(), authorities.name()));
    }

    private static @Nullable TlsIdentity identity(TlsConfig config) throws TlsException {
        PemSource certificate = source(new Secret(config.cert()), config.certFile());
        PemSource key = source(config.key(), config.keyFile());
        return certificate == null || key == null
                ? null
                : TlsIdentity.parse(certificate.read(), certificate.name(), key.read(), key.name());
    }

    private static @Nullable PemSource source(Secret inline, String file) {
        if (!inline.isEmpty()) {
            return new PemSource.Inline(inline);
        }
        return file.isEmpty() ? null : new PemSource.File(Path.of(file));
    }
}
