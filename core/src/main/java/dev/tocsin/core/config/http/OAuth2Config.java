package dev.tocsin.core.config.http;

import dev.tocsin.core.config.SecretSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of an authorization server (RFC 6749, client credentials grant; RFC 7523 with a {@link JwtGrant}).
 *
 * @param clientId never empty
 * @param clientSecret the secret or its file; may be unset
 * @param clientSecretRef a name in a secret store, of which there is none: refused when the client is built
 * @param scopes may be empty
 * @param tokenUrl where tokens are asked for; never empty
 * @param endpointParams sent with every token request
 * @param tls TLS to the authorization server
 * @param proxy proxy to the authorization server
 * @param grantType {@link #JWT_BEARER}, or anything else for the client credentials grant; may be empty
 * @param jwt null unless the grant type is {@link #JWT_BEARER}
 */
public record OAuth2Config(
        String clientId,
        SecretSource clientSecret,
        String clientSecretRef,
        List<String> scopes,
        String tokenUrl,
        Map<String, String> endpointParams,
        TlsConfig tls,
        ProxyConfig proxy,
        String grantType,
        @Nullable JwtGrant jwt) {

    /** The name of the grant with a signed assertion. */
    public static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /**
     * The assertion that stands for a client secret.
     *
     * @param key the PEM text of the private key, or its file
     * @param keyRef a name in a secret store, of which there is none
     * @param keyId the {@code kid} header; may be empty
     * @param signatureAlgorithm such as {@code RS256}; may be empty
     * @param issuer the {@code iss} claim; may be empty
     * @param audience the {@code aud} claim; may be empty
     * @param claims further claims; values are strings, numbers, booleans, lists and maps
     */
    public record JwtGrant(
            SecretSource key,
            String keyRef,
            String keyId,
            String signatureAlgorithm,
            String issuer,
            String audience,
            Map<String, Object> claims) {}
}
