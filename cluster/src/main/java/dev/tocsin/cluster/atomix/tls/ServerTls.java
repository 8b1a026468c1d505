package dev.tocsin.cluster.atomix.tls;

import dev.tocsin.core.config.http.TlsVersion;
import dev.tocsin.core.tls.PemSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The accepting side of TLS (contract section 7.10).
 *
 * @param clientAuthorities whose certificates peers may show; null for the system's authorities
 * @param allowedNames a peer's certificate must carry one of these alternative names; empty for any
 * @param minVersion null for TLS 1.2
 * @param maxVersion null for TLS 1.3
 * @param cipherSuites suites for TLS 1.2; empty for the runtime's choice
 * @param groups the runtime's names of the curves; empty for its choice
 */
record ServerTls(
        PemSource certificate,
        PemSource key,
        ClientAuth clientAuth,
        @Nullable PemSource clientAuthorities,
        List<String> allowedNames,
        @Nullable TlsVersion minVersion,
        @Nullable TlsVersion maxVersion,
        List<String> cipherSuites,
        List<String> groups,
        boolean ownOrder) {
    ServerTls {
        allowedNames = List.copyOf(allowedNames);
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
    }

    /** What is asked of peers that connect. */
    enum ClientAuth {
        NONE("NoClientCert"),
        REQUEST("RequestClientCert"),
        REQUIRE_ANY("RequireAnyClientCert"),
        VERIFY_IF_GIVEN("VerifyClientCertIfGiven"),
        REQUIRE_AND_VERIFY("RequireAndVerifyClientCert");

        private final String text;

        ClientAuth(String text) {
            this.text = text;
        }

        /** As the file writes it. */
        String text() {
            return text;
        }

        boolean verifies() {
            return this == VERIFY_IF_GIVEN || this == REQUIRE_AND_VERIFY;
        }

        boolean requires() {
            return this == REQUIRE_ANY || this == REQUIRE_AND_VERIFY;
        }
    }
}
