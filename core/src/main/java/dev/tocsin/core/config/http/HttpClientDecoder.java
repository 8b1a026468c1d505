package dev.tocsin.core.config.http;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlResolver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code http_config} blocks and their parts. Immutable; safe for all threads. */
public final class HttpClientDecoder {
    private static final String TYPE = "config.plain";
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

    private final @Nullable Path directory;

    /** @param directory where relative paths of files start; null to leave them as they are */
    public HttpClientDecoder(@Nullable Path directory) {
        this.directory = directory;
    }

    /** The block behind {@code key}; null if it is absent or null. */
    public @Nullable HttpClientConfig decode(YamlFields parent, String key) {
        return parent.struct(key, TYPE, this::client);
    }

    /** The {@code tls_config} behind {@code key}; null if it is absent or null. */
    public @Nullable TlsConfig tls(YamlFields parent, String key) {
        return parent.struct(key, TYPE, this::tls);
    }

    /** Reads the fields of an {@code http_config} from a map that also holds other keys, or from one of its own. */
    private HttpClientConfig client(YamlFields fields) {
        BasicAuthConfig basic = fields.struct("basic_auth", TYPE, this::basicAuth);
        AuthorizationConfig authorization = fields.struct("authorization", TYPE, this::authorization);
        OAuth2Config oauth2 = fields.struct("oauth2", TYPE, this::oauth2);
        SecretSource bearer = source(fields, "bearer_token");
        if (bearer.isAmbiguous()) {
            fields.refuseAt("bearer_token", "at most one of bearer_token & bearer_token_file must be configured");
        }
        if (bearer.isSet() && (basic != null || authorization != null || oauth2 != null)) {
            fields.refuseAt(
                    bearer.file().isEmpty() ? "bearer_token" : "bearer_token_file",
                    "at most one of basic_auth, authorization, oauth2, bearer_token & bearer_token_file must be configured");
        }
        int ways = (basic == null ? 0 : 1) + (authorization == null ? 0 : 1) + (oauth2 == null ? 0 : 1);
        if (ways > 1) {
            fields.refuse("at most one of basic_auth, oauth2 & authorization must be configured");
        }
        if (bearer.isSet()) {
            authorization = new AuthorizationConfig("Bearer", bearer, "");
        }
        TlsConfig tls = tls(fields, "tls_config");
        return new HttpClientConfig(
                basic,
                authorization,
                oauth2,
                tls == null ? TlsConfig.NONE : tls,
                fields.bool("follow_redirects", true),
                fields.bool("enable_http2", true),
                proxy(fields),
                headers(fields, "http_headers"));
    }

    private BasicAuthConfig basicAuth(YamlFields fields) {
        BasicAuthConfig basic = new BasicAuthConfig(
                fields.string("username"),
                path(fields, "username_file"),
                fields.string("username_ref"),
                source(fields, "password"),
                fields.string("password_ref"));
        if (isMany(basic.username(), basic.usernameFile(), basic.usernameRef())) {
            fields.refuse("at most one of basic_auth username, username_file & username_ref must be configured");
        }
        if (isMany(basic.password().inline().reveal(), basic.password().file(), basic.passwordRef())) {
            fields.refuse("at most one of basic_auth password, password_file & password_ref must be configured");
        }
        return basic;
    }

    private AuthorizationConfig authorization(YamlFields fields) {
        String type = fields.string("type").strip();
        AuthorizationConfig authorization = new AuthorizationConfig(
                type.isEmpty() ? "Bearer" : type, source(fields, "credentials"), fields.string("credentials_ref"));
        SecretSource credentials = authorization.credentials();
        if (isMany(credentials.inline().reveal(), credentials.file(), authorization.credentialsRef())) {
            fields.refuse("at most one of authorization credentials & credentials_file must be configured");
        }
        if (type.toLowerCase(Locale.ROOT).equals("basic")) {
            fields.refuseAt("type", "authorization type cannot be set to \"basic\", use \"basic_auth\" instead");
        }
        return authorization;
    }

    private OAuth2Config oauth2(YamlFields fields) {
        String grant = fields.string("grant_type");
        OAuth2Config.JwtGrant jwt = new OAuth2Config.JwtGrant(
                source(fields, "client_certificate_key"),
                fields.string("client_certificate_key_ref"),
                fields.string("client_certificate_key_id"),
                fields.string("signature_algorithm"),
                fields.string("iss"),
                fields.string("audience"),
                fields.map("claims", "map[string]interface {}", HttpClientDecoder::claim));
        TlsConfig tls = tls(fields, "tls_config");
        boolean isJwt = grant.equals(OAuth2Config.JWT_BEARER);
        OAuth2Config oauth2 = new OAuth2Config(
                fields.string("client_id"),
                source(fields, "client_secret"),
                fields.string("client_secret_ref"),
                fields.strings("scopes"),
                fields.string("token_url"),
                fields.stringMap("endpoint_params"),
                tls == null ? TlsConfig.NONE : tls,
                proxy(fields),
                isJwt ? jwt : null);
        checkOAuth2(fields, oauth2, grant);
        return oauth2;
    }

    private static Object claim(YamlNode node) {
        Object value = YamlResolver.value(node);
        return value == null ? "" : value;
    }

    private static void checkOAuth2(YamlFields fields, OAuth2Config oauth2, String grant) {
        if (!grant.isEmpty() && !grant.equals("client_credentials") && oauth2.jwt() == null) {
            fields.refuseAt("grant_type", "unsupported oauth2 grant_type: " + grant);
        }
        if (oauth2.clientId().isEmpty()) {
            fields.refuse("oauth2 client_id must be configured");
        }
        if (oauth2.tokenUrl().isEmpty()) {
            fields.refuse("oauth2 token_url must be configured");
        }
        SecretSource secret = oauth2.clientSecret();
        if (isMany(secret.inline().reveal(), secret.file(), oauth2.clientSecretRef())) {
            fields.refuse(
                    "at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be configured");
        }
    }

    private TlsConfig tls(YamlFields fields) {
        TlsConfig tls = new TlsConfig(
                fields.string("ca"),
                path(fields, "ca_file"),
                fields.string("ca_ref"),
                fields.string("cert"),
                path(fields, "cert_file"),
                fields.string("cert_ref"),
                fields.text("key", Secret.NONE, Secret::new),
                path(fields, "key_file"),
                fields.string("key_ref"),
                fields.string("server_name"),
                fields.bool("insecure_skip_verify", false),
                fields.text("min_version", null, HttpClientDecoder::tlsVersion),
                fields.text("max_version", null, HttpClientDecoder::tlsVersion));
        checkTls(fields, tls);
        return tls;
    }

    private static void checkTls(YamlFields fields, TlsConfig tls) {
        boolean hasCert = isOne(tls.cert(), tls.certFile(), tls.certRef());
        boolean hasKey = isOne(tls.key().reveal(), tls.keyFile(), tls.keyRef());
        TlsVersion min = tls.minVersion();
        TlsVersion max = tls.maxVersion();
        if (isMany(tls.ca(), tls.caFile(), tls.caRef())) {
            fields.refuse("at most one of ca, ca_file & ca_ref must be configured");
        } else if (isMany(tls.cert(), tls.certFile(), tls.certRef())) {
            fields.refuse("at most one of cert, cert_file & cert_ref must be configured");
        } else if (isMany(tls.key().reveal(), tls.keyFile(), tls.keyRef())) {
            fields.refuse("at most one of key and key_file must be configured");
        } else if (hasCert && !hasKey) {
            fields.refuse("exactly one of key or key_file must be configured when a client certificate is configured");
        } else if (hasKey && !hasCert) {
            fields.refuse("exactly one of cert or cert_file must be configured when a client key is configured");
        } else if (min != null && max != null && max.compareTo(min) < 0) {
            fields.refuseAt(
                    "max_version",
                    "tls_config.max_version must be greater than or equal to tls_config.min_version if both are specified");
        }
    }

    private static TlsVersion tlsVersion(String text) throws InvalidValueException {
        for (TlsVersion version : TlsVersion.values()) {
            if (version.name().equals(text)) {
                return version;
            }
        }
        throw new InvalidValueException("unknown TLS version: " + text);
    }

    private static ProxyConfig proxy(YamlFields fields) {
        ProxyConfig proxy = new ProxyConfig(
                fields.text("proxy_url", null, Url::parse),
                fields.string("no_proxy"),
                fields.bool("proxy_from_environment", false),
                fields.map("proxy_connect_header", "config.ProxyHeader", node -> secrets(fields, node)));
        boolean hasUrl =
                proxy.proxyUrl() != null && !proxy.proxyUrl().toString().isEmpty();
        if (!proxy.connectHeader().isEmpty() && !proxy.fromEnvironment() && !hasUrl) {
            fields.refuseAt(
                    "proxy_connect_header",
                    "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be configured");
        }
        if (proxy.fromEnvironment() && hasUrl) {
            fields.refuseAt("proxy_url", "if proxy_from_environment is configured, proxy_url must not be configured");
        }
        if (proxy.fromEnvironment() && !proxy.noProxy().isEmpty()) {
            fields.refuseAt("no_proxy", "if proxy_from_environment is configured, no_proxy must not be configured");
        }
        if (!proxy.noProxy().isEmpty() && !hasUrl) {
            fields.refuseAt("no_proxy", "if no_proxy is configured, proxy_url must also be configured");
        }
        return proxy;
    }

    private static List<Secret> secrets(YamlFields fields, YamlNode node) {
        List<Secret> secrets = new ArrayList<>();
        if (node instanceof YamlNode.Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                if (item instanceof YamlNode.Scalar scalar) {
                    secrets.add(new Secret(scalar.isNull() ? "" : scalar.text()));
                } else {
                    fields.problems().mistyped(item, "config.Secret", "");
                }
            }
        } else if (!node.isNull()) {
            fields.problems()
                    .mistyped(node.span(), "cannot unmarshal a single value into []config.Secret", "write a list");
        }
        return List.copyOf(secrets);
    }

    /** Headers with their sources: {@code http_headers}, and {@code headers} of tracing. */
    public Map<String, HttpHeaderConfig> headers(YamlFields parent, String key) {
        Map<String, HttpHeaderConfig> headers = parent.map(
                key,
                "map[string]config.Header",
                node -> node.isNull()
                        ? new HttpHeaderConfig(List.of(), List.of(), List.of())
                        : parent.problems().struct(node, TYPE, this::header));
        YamlNode at = parent.node(key);
        for (String name : headers.keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean reserved =
                    RESERVED_HEADERS.contains(lower) || lower.startsWith("x-prometheus-") || lower.startsWith("x-amz-");
            if (reserved && at != null) {
                parent.problems().refuse(at.span(), "setting header \"" + canonical(name) + "\" is not allowed", "");
            }
        }
        return headers;
    }

    private HttpHeaderConfig header(YamlFields fields) {
        YamlNode secrets = fields.node("secrets");
        return new HttpHeaderConfig(
                fields.strings("values"),
                secrets == null ? List.of() : secrets(fields, secrets),
                fields.texts("files", "string", "", this::resolve));
    }

    private static SecretSource source(YamlFields fields, String key, String file) {
        return new SecretSource(fields.text(key, Secret.NONE, Secret::new), file);
    }

    private SecretSource source(YamlFields fields, String key) {
        return source(fields, key, path(fields, key + "_file"));
    }

    private String path(YamlFields fields, String key) {
        return resolve(fields.string(key));
    }

    private String resolve(String file) {
        return file.isEmpty() || directory == null
                ? file
                : directory.resolve(file).normalize().toString();
    }

    /** As in a header: {@code content-type} becomes {@code Content-Type}. */
    private static String canonical(String name) {
        StringBuilder out = new StringBuilder(name.toLowerCase(Locale.ROOT));
        for (int i = 0; i < out.length(); i++) {
            if (i == 0 || out.charAt(i - 1) == '-') {
                out.setCharAt(i, Character.toUpperCase(out.charAt(i)));
            }
        }
        return out.toString();
    }

    private static boolean isOne(String a, String b, String c) {
        return !a.isEmpty() || !b.isEmpty() || !c.isEmpty();
    }

    private static boolean isMany(String a, String b, String c) {
        return (a.isEmpty() ? 0 : 1) + (b.isEmpty() ? 0 : 1) + (c.isEmpty() ? 0 : 1) > 1;
    }
}
