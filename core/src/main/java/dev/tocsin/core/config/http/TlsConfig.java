package dev.tocsin.core.config.http;

import dev.tocsin.core.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * TLS of a client. Of each trio (text, file, reference) at most one is set; a certificate comes with its key. Files are
 * read again when their content changes.
 *
 * @param ca PEM text of trusted authorities; empty for the system's
 * @param caRef a name in a secret store, of which there is none: refused when the client is built. So are the other references
 * @param cert PEM text of the client's certificate chain
 * @param key PEM text of its private key
 * @param serverName what the server's certificate must say instead of the host's name; may be empty
 * @param insecureSkipVerify whether any certificate will do
 * @param minVersion null for TLS 1.2
 * @param maxVersion null for the highest; not below {@code minVersion}
 */
public record TlsConfig(
        String ca,
        String caFile,
        String caRef,
        String cert,
        String certFile,
        String certRef,
        Secret key,
        String keyFile,
        String keyRef,
        String serverName,
        boolean insecureSkipVerify,
        @Nullable TlsVersion minVersion,
        @Nullable TlsVersion maxVersion) {

    /** Nothing set. */
    public static final TlsConfig NONE =
            new TlsConfig("", "", "", "", "", "", Secret.NONE, "", "", "", false, null, null);
}
