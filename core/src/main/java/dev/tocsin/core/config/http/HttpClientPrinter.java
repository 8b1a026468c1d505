package dev.tocsin.core.config.http;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.yaml.YamlMapping;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints {@code http_config} blocks and their parts in Alertmanager's order, secrets as their mask. */
public final class HttpClientPrinter {
    private HttpClientPrinter() {}

    /** Puts the block under {@code http_config}, unless it is null. */
    public static void print(@Nullable HttpClientConfig http, YamlMapping out) {
        if (http != null) {
            out.mapping("http_config", block -> client(http, block));
        }
    }

    private static void client(HttpClientConfig http, YamlMapping out) {
        BasicAuthConfig basic = http.basicAuth();
        if (basic != null) {
            out.mapping("basic_auth", block -> {
                block.textIfSet("username", basic.username())
                        .textIfSet("username_file", basic.usernameFile())
                        .textIfSet("username_ref", basic.usernameRef());
                source("password", basic.password(), block);
                block.textIfSet("password_ref", basic.passwordRef());
            });
        }
        AuthorizationConfig authorization = http.authorization();
        if (authorization != null) {
            out.mapping("authorization", block -> {
                block.textIfSet("type", authorization.type());
                source("credentials", authorization.credentials(), block);
                block.textIfSet("credentials_ref", authorization.credentialsRef());
            });
        }
        OAuth2Config oauth2 = http.oauth2();
        if (oauth2 != null) {
            out.mapping("oauth2", block -> oauth2(oauth2, block));
        }
        tls("tls_config", http.tls(), out);
        out.bool("follow_redirects", http.followRedirects()).bool("enable_http2", http.enableHttp2());
        proxy(http.proxy(), out);
        headers("http_headers", http.headers(), out);
    }

    private static void oauth2(OAuth2Config oauth2, YamlMapping out) {
        OAuth2Config.JwtGrant jwt = oauth2.jwt();
        out.text("client_id", oauth2.clientId());
        source("client_secret", oauth2.clientSecret(), out);
        out.textIfSet("client_secret_ref", oauth2.clientSecretRef());
        if (jwt != null) {
            out.textIfSet("client_certificate_key_id", jwt.keyId());
            source("client_certificate_key", jwt.key(), out);
            out.textIfSet("client_certificate_key_ref", jwt.keyRef());
        }
        out.textIfSet("grant_type", oauth2.grantType());
        if (jwt != null) {
            out.textIfSet("signature_algorithm", jwt.signatureAlgorithm())
                    .textIfSet("iss", jwt.issuer())
                    .textIfSet("audience", jwt.audience());
            if (!jwt.claims().isEmpty()) {
                out.any("claims", jwt.claims());
            }
        }
        out.textsIfAny("scopes", oauth2.scopes())
                .text("token_url", oauth2.tokenUrl())
                .textMapIfAny("endpoint_params", oauth2.endpointParams());
        tls("tls_config", oauth2.tls(), out);
        proxy(oauth2.proxy(), out);
    }

    /** Puts a {@code tls_config} under {@code key}, unless nothing is set in it. */
    public static void tls(String key, TlsConfig tls, YamlMapping out) {
        if (!tls.equals(TlsConfig.NONE)) {
            out.mapping(key, block -> tlsBlock(tls, block));
        }
    }

    /** Fills the block of a {@code tls_config} that is printed even if nothing is set in it. */
    public static void tlsBlock(TlsConfig tls, YamlMapping out) {
        out.textIfSet("ca", tls.ca())
                .textIfSet("cert", tls.cert())
                .textIfSet("key", tls.key())
                .textIfSet("ca_file", tls.caFile())
                .textIfSet("cert_file", tls.certFile())
                .textIfSet("key_file", tls.keyFile())
                .textIfSet("ca_ref", tls.caRef())
                .textIfSet("cert_ref", tls.certRef())
                .textIfSet("key_ref", tls.keyRef())
                .textIfSet("server_name", tls.serverName())
                .bool("insecure_skip_verify", tls.insecureSkipVerify())
                .textIfSet("min_version", tls.minVersion())
                .textIfSet("max_version", tls.maxVersion());
    }

    private static void proxy(ProxyConfig proxy, YamlMapping out) {
        Url url = proxy.proxyUrl();
        if (url != null) {
            out.text("proxy_url", url.redacted());
        }
        out.textIfSet("no_proxy", proxy.noProxy())
                .boolIfTrue("proxy_from_environment", proxy.fromEnvironment())
                .mappingIfAny(
                        "proxy_connect_header", proxy.connectHeader(), (values, name, map) -> map.texts(name, values));
    }

    /** Puts headers with their sources under {@code key}, unless there are none. */
    public static void headers(String key, Map<String, HttpHeaderConfig> headers, YamlMapping out) {
        out.mappingIfAny(
                key,
                headers,
                (header, name, map) -> map.mapping(
                        name,
                        block -> block.textsIfAny("values", header.values())
                                .textsIfAny("secrets", header.secrets())
                                .textsIfAny("files", header.files())));
    }

    private static void source(String key, SecretSource source, YamlMapping out) {
        Secret inline = source.inline();
        out.textIfSet(key, inline).textIfSet(key + "_file", source.file());
    }
}
