package dev.tocsin.core.config.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An {@code http_config}. At most one of the three ways to authenticate is set. Equal ones can share a client.
 *
 * @param followRedirects if not, an answer 3xx is the answer
 * @param headers name, as written, to values
 */
public record HttpClientConfig(
        @Nullable BasicAuthConfig basicAuth,
        @Nullable AuthorizationConfig authorization,
        @Nullable OAuth2Config oauth2,
        TlsConfig tls,
        boolean followRedirects,
        boolean enableHttp2,
        ProxyConfig proxy,
        Map<String, HttpHeaderConfig> headers) {

    /** What holds where nothing is written. */
    public static final HttpClientConfig DEFAULT =
            new HttpClientConfig(null, null, null, TlsConfig.NONE, true, true, ProxyConfig.NONE, Map.of());

    /** The same settings with another {@code Authorization} header. */
    public HttpClientConfig withAuthorization(AuthorizationConfig other) {
        return new HttpClientConfig(basicAuth, other, oauth2, tls, followRedirects, enableHttp2, proxy, headers);
    }

    /** The same settings; an answer 3xx is the answer. */
    public HttpClientConfig withoutRedirects() {
        return new HttpClientConfig(basicAuth, authorization, oauth2, tls, false, enableHttp2, proxy, headers);
    }

    /** The same settings with another way through a proxy. */
    public HttpClientConfig withProxy(ProxyConfig other) {
        return new HttpClientConfig(
                basicAuth, authorization, oauth2, tls, followRedirects, enableHttp2, other, headers);
    }
}
