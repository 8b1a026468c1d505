package dev.tocsin.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedRootsTest {
    @TempDir
    Path folder;

    private final PemResources pem = new PemResources();

    @Test
    void believesExactlyTheNamedAuthorities() throws TlsException, CertificateException {
        X509TrustManager trust =
                manager(TrustedRoots.of(Certificates.parse(pem.text("authority.crt"), "authority.crt")));

        trust.checkServerTrusted(chain("server.crt"), "UNKNOWN");
        assertThatThrownBy(() -> trust.checkServerTrusted(chain("stranger-server.crt"), "UNKNOWN"))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> trust.checkServerTrusted(chain("expired.crt"), "UNKNOWN"))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void readsTheBundleThatTheEnvironmentNames() throws TlsException, IOException {
        Path bundle = Files.writeString(folder.resolve("bundle.pem"), pem.text("authority.crt"));

        X509TrustManager trust = manager(TrustedRoots.system(Map.of("SSL_CERT_FILE", bundle.toString())));

        assertThat(trust.getAcceptedIssuers()).hasSize(1);
    }

    @Test
    void alwaysFindsSomeAuthoritiesOfTheSystem() throws TlsException {
        assertThat(manager(TrustedRoots.system(Map.of())).getAcceptedIssuers()).isNotEmpty();
    }

    private X509Certificate[] chain(String file) throws TlsException {
        return Certificates.parse(pem.text(file), file).toArray(X509Certificate[]::new);
    }

    private static X509TrustManager manager(TrustManager[] managers) {
        return (X509TrustManager) managers[0];
    }
}
