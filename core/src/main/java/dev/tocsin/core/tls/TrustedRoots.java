package dev.tocsin.core.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The authorities whose certificates are believed. Stateless. */
public final class TrustedRoots {
    /** Where the distributions keep the system's bundle. The JDK's own list does not know a company's authority. */
    private static final List<Path> SYSTEM_BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/pki/tls/cacert.pem"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private TrustedRoots() {}

    /** Trust managers that believe exactly {@code authorities}. */
    public static TrustManager[] of(List<X509Certificate> authorities) throws TlsException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            return managers(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("the authorities cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Trust managers that believe what the system believes: the bundle that {@code SSL_CERT_FILE} names, else the
     * distribution's, else the JDK's list.
     *
     * @param environment the process environment
     */
    public static TrustManager[] system(Map<String, String> environment) throws TlsException {
        String named = environment.getOrDefault("SSL_CERT_FILE", "");
        if (!named.isEmpty()) {
            return bundle(Path.of(named));
        }
        for (Path path : SYSTEM_BUNDLES) {
            if (Files.isReadable(path)) {
                return bundle(path);
            }
        }
        try {
            return managers(null);
        } catch (GeneralSecurityException e) {
            throw new TlsException("the JDK's authorities cannot be used: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] bundle(Path path) throws TlsException {
        PemSource.File file = new PemSource.File(path);
        return of(Certificates.parse(file.read(), file.name()));
    }

    /** With null: the JDK's own list. */
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
