package dev.tocsin.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.api.http.Response;
import dev.tocsin.core.config.http.TlsVersion;
import dev.tocsin.core.fixture.Rows;
import dev.tocsin.core.tls.PemSource;
import dev.tocsin.core.tls.server.ClientAuth;
import dev.tocsin.core.tls.server.ServerTls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebConfigLoaderTest {
    private static WebConfig parse(String text) throws WebConfigException {
        return new WebConfigLoader(Path.of("/etc/hub/web.yml")).parse(text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> refused() {
        return Rows.of(WebConfigLoaderTest.class, "refused.tsv", 2);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeUsedIsRefusedWithAReasonAndAPlace(String text, String message) {
        assertThatThrownBy(() -> parse(text.replace(';', '\n')))
                .isInstanceOf(WebConfigException.class)
                .hasMessageStartingWith(message.replace("\\n", "\n"))
                .hasMessageContaining("/etc/hub/web.yml:");
    }

    @Test
    void noMessageShowsAHash() {
        String hash = "$2y$10$QOauhQNbBC!QDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi";
        assertThatThrownBy(() -> parse("basic_auth_users: {a: " + hash + "}")).hasMessageNotContaining("QOauhQNb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "# nothing", "{}", "tls_server_config: {}", "tls_server_config:\n", "basic_auth_users:\n"})
    void anEmptyFileGuardsNothing(String text) throws WebConfigException {
        assertThat(parse(text)).isEqualTo(new WebConfig(null, true, List.of(), java.util.Map.of(), null));
    }

    @Test
    void everythingThatCanBeSaidIsUnderstood() throws WebConfigException {
        WebConfig config = parse("""
                tls_server_config:
                  cert_file: node.pem
                  key_file: /keys/node.key
                  client_ca_file: ../ca.pem
                  client_auth_type: RequireAndVerifyClientCert
                  client_allowed_sans: [prometheus, 10.0.0.1]
                  min_version: TLS12
                  max_version: TLS12
                  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
                  curve_preferences: [X25519, CurveP256]
                  prefer_server_cipher_suites: false
                http_server_config:
                  http2: false
                  headers:
                    Strict-Transport-Security: max-age=31536000
                    X-Frame-Options: deny
                basic_auth_users:
                  anna: $2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi
                rate_limit:
                  interval: 100ms
                  burst: 20
                """);
        assertThat(config.tls())
                .isEqualTo(new ServerTls(
                        new PemSource.File(Path.of("/etc/hub/node.pem")),
                        new PemSource.File(Path.of("/keys/node.key")),
                        ClientAuth.REQUIRE_AND_VERIFY,
                        new PemSource.File(Path.of("/etc/ca.pem")),
                        List.of("prometheus", "10.0.0.1"),
                        TlsVersion.TLS12,
                        TlsVersion.TLS12,
                        List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                        List.of("x25519", "secp256r1"),
                        false));
        assertThat(config.http2()).isFalse();
        assertThat(config.headers())
                .containsExactly(
                        new Response.Header("Strict-Transport-Security", "max-age=31536000"),
                        new Response.Header("X-Frame-Options", "deny"));
        assertThat(config.users()).containsOnlyKeys("anna");
        assertThat(config.rateLimit()).isEqualTo(new RateLimit(Duration.ofMillis(100), 20));
        assertThat(config.toString()).doesNotContain("QOauhQNb");
    }

    @Test
    void versionsThatTheRuntimeLacksCountAsTheLowestItHas() throws WebConfigException {
        ServerTls tls = parse("tls_server_config: {cert_file: a, key_file: b, min_version: TLS10}")
                .tls();
        assertThat(tls).extracting(ServerTls::minVersion).isEqualTo(TlsVersion.TLS12);
    }
}
