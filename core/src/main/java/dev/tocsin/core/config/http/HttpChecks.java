package dev.tocsin.core.config.http;

import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.yaml.YamlFields;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Checks an {@code http_config} as a whole, in the order in which Alertmanager does: only the first thing that is wrong is
 * reported.
 */
final class HttpChecks {
    private static final Set<String> RESERVED_HEADERS = Set.of(
            "authorization",
            "host",
            "content-encoding",
            "content-length",
            "content-type",
            "user-agent",
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "www-authenticate",
            "accept-encoding");

    private final YamlFields fields;

    HttpChecks(YamlFields fields) {
        this.fields = fields;
    }

    /** @param bearer the deprecated token, which is no part of {@code http} */
    void check(HttpClientConfig http, SecretSource bearer) {
        BasicAuthConfig basic = http.basicAuth();
        AuthorizationConfig authorization = http.authorization();
        OAuth2Config oauth2 = http.oauth2();
        if (bearer.isAmbiguous()) {
            refuse("bearer_token", "at most one of bearer_token & bearer_token_file must be configured");
        }
        if ((basic != null || oauth2 != null) && bearer.isSet()) {
            refuse(
                    bearer.file().isEmpty() ? "bearer_token" : "bearer_token_file",
                    "at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured");
        }
        if (basic != null) {
            checkBasic(basic);
        }
        if (authorization != null) {
            checkAuthorization(authorization, bearer);
        }
        if ((basic != null ? 1 : 0) + (authorization != null ? 1 : 0) + (oauth2 != null ? 1 : 0) > 1) {
            String key = oauth2 == null ? "authorization" : "oauth2";
            refuse(key, "at most one of basic_auth, oauth2 & authorization must be configured");
        }
        if (oauth2 != null) {
            checkOAuth2(oauth2);
        }
        checkProxy(http.proxy(), this::refuse);
        checkHeaders(http);
    }

    private void refuse(String key, String message) {
        fields.refuseAt(key, message);
    }

    private void checkBasic(BasicAuthConfig basic) {
        if (isMany(basic.username(), basic.usernameFile(), basic.usernameRef())) {
            refuse("basic_auth", "at most one of basic_auth username, username_file & username_ref must be configured");
        }
        if (isMany(basic.password(), basic.passwordRef())) {
            refuse("basic_auth", "at most one of basic_auth password, password_file & password_ref must be configured");
        }
    }

    private void checkAuthorization(AuthorizationConfig authorization, SecretSource bearer) {
        if (bearer.isSet()) {
            refuse("authorization", "authorization is not compatible with bearer_token & bearer_token_file");
        }
        if (isMany(authorization.credentials(), authorization.credentialsRef())) {
            refuse("authorization", "at most one of authorization credentials & credentials_file must be configured");
        }
        if (authorization.type().toLowerCase(Locale.ROOT).equals("basic")) {
            refuse("authorization", "authorization type cannot be set to \"basic\", use \"basic_auth\" instead");
        }
    }

    private void checkOAuth2(OAuth2Config oauth2) {
        if (oauth2.clientId().isEmpty()) {
            refuse("oauth2", "oauth2 client_id must be configured");
        }
        if (oauth2.tokenUrl().isEmpty()) {
            refuse("oauth2", "oauth2 token_url must be configured");
        }
        OAuth2Config.JwtGrant jwt = oauth2.jwt();
        if (jwt == null) {
            if (isMany(oauth2.clientSecret(), oauth2.clientSecretRef())) {
                refuse(
                        "oauth2",
                        "at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be configured"
                                + " using grant-type=client_credentials");
            }
            return;
        }
        if (isMany(jwt.key(), jwt.keyRef())) {
            refuse(
                    "oauth2",
                    "at most one of oauth2 client_certificate_key, client_certificate_key_file &"
                            + " client_certificate_key_ref must be configured using grant-type="
                            + OAuth2Config.JWT_BEARER);
        }
        if (!Set.of("", "RS256", "RS384", "RS512").contains(jwt.signatureAlgorithm())) {
            refuse("oauth2", "valid signature algorithms are RS256, RS384 and RS512");
        }
    }

    /** Checks proxy settings, which also stand inside {@code oauth2}. */
    static void checkProxy(ProxyConfig proxy, BiConsumer<String, String> refuse) {
        boolean hasUrl =
                proxy.proxyUrl() != null && !proxy.proxyUrl().toString().isEmpty();
        if (!proxy.connectHeader().isEmpty() && !proxy.fromEnvironment() && !hasUrl) {
            refuse.accept(
                    "proxy_connect_header",
                    "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be configured");
        }
        if (proxy.fromEnvironment() && hasUrl) {
            refuse.accept("proxy_url", "if proxy_from_environment is configured, proxy_url must not be configured");
        }
        if (proxy.fromEnvironment() && !proxy.noProxy().isEmpty()) {
            refuse.accept("no_proxy", "if proxy_from_environment is configured, no_proxy must not be configured");
        }
        if (!proxy.noProxy().isEmpty() && !hasUrl) {
            refuse.accept("no_proxy", "if no_proxy is configured, proxy_url must also be configured");
        }
    }

    private void checkHeaders(HttpClientConfig http) {
        for (String name : http.headers().keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (RESERVED_HEADERS.contains(lower) || lower.startsWith("x-prometheus-") || lower.startsWith("x-amz-")) {
                refuse("http_headers", "setting header \"" + canonical(lower) + "\" is not allowed");
            }
        }
    }

    /** As in a request: {@code content-type} becomes {@code Content-Type}. */
    private static String canonical(String lower) {
        StringBuilder out = new StringBuilder(lower);
        for (int i = 0; i < out.length(); i++) {
            if (i == 0 || out.charAt(i - 1) == '-') {
                out.setCharAt(i, Character.toUpperCase(out.charAt(i)));
            }
        }
        return out.toString();
    }

    static boolean isMany(SecretSource source, String reference) {
        return isMany(source.inline().reveal(), source.file(), reference);
    }

    static boolean isMany(String text, String file, String reference) {
        return (text.isEmpty() ? 0 : 1) + (file.isEmpty() ? 0 : 1) + (reference.isEmpty() ? 0 : 1) > 1;
    }

    static boolean isSet(String text, String file, String reference) {
        return !text.isEmpty() || !file.isEmpty() || !reference.isEmpty();
    }
}
