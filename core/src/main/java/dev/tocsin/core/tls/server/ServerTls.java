package dev.tocsin.core.tls.server;

import dev.tocsin.core.config.http.TlsVersion;
import dev.tocsin.core.tls.PemSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The accepting side of TLS. Immutable.
 *
 * @param certificate the own certificate, then the chain that proves it
 * @param key belongs to the certificate
 * @param clientAuth what clients must show
 * @param clientAuthorities whose certificates clients may show; null for the system's authorities
 * @param allowedNames a client's certificate must carry one of these alternative names; empty for any
 * @param minVersion TLS 1.2 or 1.3
 * @param maxVersion not below {@code minVersion}
 * @param cipherSuites suites for TLS 1.2, in order of preference; empty for the runtime's choice
 * @param groups the runtime's names of the curves, in order of preference; empty for its choice
 * @param ownOrder whether the order of the suites counts rather than the client's
 */
public record ServerTls(
        PemSource certificate,
        PemSource key,
        ClientAuth clientAuth,
        @Nullable PemSource clientAuthorities,
        List<String> allowedNames,
        TlsVersion minVersion,
        TlsVersion maxVersion,
        List<String> cipherSuites,
        List<String> groups,
        boolean ownOrder) {
    /** Copies the lists. */
    public ServerTls {
        allowedNames = List.copyOf(allowedNames);
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
    }
}
