package dev.tocsin.core.config.http;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlResolver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code http_config} blocks and their parts. Immutable; safe for all threads. */
public final class HttpClientDecoder {
    private static final String TYPE = "config.plain";

    private final ConfigPaths paths;

    /** @param directory where relative paths of files start; null to leave them as they are */
    public HttpClientDecoder(@Nullable Path directory) {
        this.paths = new ConfigPaths(directory);
    }

    /** The block behind {@code key}; null if it is absent or null. */
    public @Nullable HttpClientConfig decode(YamlFields parent, String key) {
        return parent.struct(key, TYPE, this::client);
    }

    /** The {@code tls_config} behind {@code key}; null if it is absent or null. */
    public @Nullable TlsConfig tls(YamlFields parent, String key) {
        return parent.struct(key, TYPE, new TlsDecoder(paths)::decode);
    }

    private TlsConfig tls(YamlFields parent) {
        TlsConfig tls = tls(parent, "tls_config");
        return tls == null ? TlsConfig.NONE : tls;
    }

    private HttpClientConfig client(YamlFields fields) {
        SecretSource bearer = paths.secret(fields, "bearer_token");
        AuthorizationConfig authorization = fields.struct("authorization", "config.Authorization", this::authorization);
        HttpClientConfig http = new HttpClientConfig(
                fields.struct("basic_auth", TYPE, this::basicAuth),
                authorization,
                fields.struct("oauth2", TYPE, this::oauth2),
                tls(fields),
                fields.bool("follow_redirects", true),
                fields.bool("enable_http2", true),
                proxy(fields),
                headers(fields, "http_headers"));
        new HttpChecks(fields).check(http, bearer);
        return bearer.isSet() ? http.withAuthorization(new AuthorizationConfig("Bearer", bearer, "")) : http;
    }

    private BasicAuthConfig basicAuth(YamlFields fields) {
        return new BasicAuthConfig(
                fields.string("username"),
                paths.file(fields, "username_file"),
                fields.string("username_ref"),
                paths.secret(fields, "password"),
                fields.string("password_ref"));
    }

    private AuthorizationConfig authorization(YamlFields fields) {
        String type = fields.string("type").strip();
        return new AuthorizationConfig(
                type.isEmpty() ? "Bearer" : type,
                paths.secret(fields, "credentials"),
                fields.string("credentials_ref"));
    }

    private OAuth2Config oauth2(YamlFields fields) {
        String grantType = fields.string("grant_type");
        OAuth2Config.JwtGrant jwt = new OAuth2Config.JwtGrant(
                paths.secret(fields, "client_certificate_key"),
                fields.string("client_certificate_key_ref"),
                fields.string("client_certificate_key_id"),
                fields.string("signature_algorithm"),
                fields.string("iss"),
                fields.string("audience"),
                fields.map("claims", "map[string]interface {}", HttpClientDecoder::claim));
        OAuth2Config oauth2 = new OAuth2Config(
                fields.string("client_id"),
                paths.secret(fields, "client_secret"),
                fields.string("client_secret_ref"),
                fields.strings("scopes"),
                fields.string("token_url"),
                fields.stringMap("endpoint_params"),
                tls(fields),
                proxy(fields),
                grantType,
                grantType.equals(OAuth2Config.JWT_BEARER) ? jwt : null);
        HttpChecks.checkProxy(oauth2.proxy(), fields::refuseAt);
        return oauth2;
    }

    private static Object claim(YamlNode node) {
        Object value = YamlResolver.value(node);
        return value == null ? "" : value;
    }

    private static ProxyConfig proxy(YamlFields fields) {
        return new ProxyConfig(
                fields.text("proxy_url", null, Url::parse),
                fields.string("no_proxy"),
                fields.bool("proxy_from_environment", false),
                fields.map("proxy_connect_header", "config.ProxyHeader", node -> secrets(fields, node)));
    }

    /** Headers with their sources: {@code http_headers}, and {@code headers} of tracing. */
    public Map<String, HttpHeaderConfig> headers(YamlFields parent, String key) {
        return parent.map(key, "config.Headers", node -> parent.problems().struct(node, "config.Header", this::header));
    }

    private HttpHeaderConfig header(YamlFields fields) {
        YamlNode secrets = fields.node("secrets");
        return new HttpHeaderConfig(
                fields.strings("values"),
                secrets == null ? List.of() : secrets(fields, secrets),
                fields.texts("files", "string", "", paths::resolve));
    }

    private static List<Secret> secrets(YamlFields fields, YamlNode node) {
        List<Secret> secrets = new ArrayList<>();
        if (node instanceof YamlNode.Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                if (item instanceof YamlNode.Scalar scalar) {
                    secrets.add(new Secret(scalar.isNull() ? "" : scalar.text()));
                } else {
                    fields.problems().mistyped(item, "string", "");
                }
            }
        } else if (!node.isNull()) {
            // The usual message shows the value, which is a secret here.
            fields.problems()
                    .mistyped(node.span(), "cannot unmarshal " + node.tag() + " into []config.Secret", "write a list");
        }
        return List.copyOf(secrets);
    }
}
