package dev.tocsin.notifiers.http;

import static dev.tocsin.notifiers.http.OutboundHarness.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.tls.PemResources;
import dev.tocsin.core.tls.SslContexts;
import dev.tocsin.core.tls.TlsIdentity;
import dev.tocsin.notifiers.http.message.OutboundResult;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyTest {
    private final RecordingServer server = new RecordingServer();
    private final OutboundHarness outbound = new OutboundHarness();

    @AfterEach
    void close() {
        outbound.close();
        server.close();
    }

    @Test
    void anHttpProxyGetsTheWholeAddress() throws Exception {
        String settings = "proxy_url: 'http://u:p%40ss@" + server.address() + "'";

        assertThat(told(outbound.post(settings, "http://far.example/x?y=1"))).isEqualTo("200");

        RecordedRequest request = server.take();
        assertThat(request.line()).isEqualTo("POST http://far.example/x?y=1 HTTP/1.1");
        assertThat(request.headers())
                .containsExactly(
                        "Host: far.example",
                        "User-Agent: Alertmanager/0.34.0",
                        "Content-Length: 3",
                        "Content-Type: application/json",
                        "Proxy-Authorization: Basic dTpwQHNz");
    }

    @Test
    void aTunnelLeadsToAServerWithTls() throws Exception {
        try (RecordingServer far = tlsServer();
                RelayingProxy proxy = new RelayingProxy(false, "")) {
            String settings = "proxy_url: 'http://u:p@" + proxy.address()
                    + "', proxy_connect_header: {X-Token: [a, b]}, tls_config: {insecure_skip_verify: true}";

            assertThat(told(outbound.post(settings, "https://far.example:" + far.port() + "/x")))
                    .isEqualTo("200");

            RecordedRequest asked = proxy.take();
            assertThat(asked.line()).isEqualTo("CONNECT far.example:" + far.port() + " HTTP/1.1");
            assertThat(asked.headers())
                    .containsExactly(
                            "Host: far.example:" + far.port(),
                            "User-Agent: Alertmanager/0.34.0",
                            "Proxy-Authorization: Basic dTpw",
                            "X-Token: a",
                            "X-Token: b");
            RecordedRequest request = far.take();
            assertThat(request.line()).isEqualTo("POST /x HTTP/1.1");
            assertThat(request.headers()).noneMatch(header -> header.startsWith("Proxy-") || header.startsWith("X-"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 407 Proxy Authentication Required, Proxy Authentication Required",
        "HTTP/1.1 502, 502",
        "nonsense, malformed HTTP response from the proxy"
    })
    void saysWhatTheProxyAnswered(String line, String message) throws Exception {
        try (RelayingProxy proxy = new RelayingProxy(false, line)) {
            OutboundResult result =
                    outbound.post("proxy_url: 'http://" + proxy.address() + "'", "https://far.example/");

            assertThat(result).isEqualTo(new OutboundResult.Failure(message, false, false, true));
        }
    }

    @Test
    void aProxyThatDoesNotListen() throws Exception {
        server.close();

        assertThat(told(outbound.post("proxy_url: 'http://" + server.address() + "'", "http://far.example/")))
                .isEqualTo("proxyconnect tcp: dial tcp " + server.address() + ": connect: connection refused");
    }

    @ParameterizedTest
    @CsvSource({"socks5, ''", "socks5h, user:pass@"})
    void aSocksProxyGetsTheNameOfTheServer(String scheme, String who) throws Exception {
        try (RelayingProxy proxy = new RelayingProxy(true, "")) {
            String settings = "proxy_url: '" + scheme + "://" + who + proxy.address() + "'";

            assertThat(told(outbound.post(settings, "http://far.example:" + server.port() + "/x")))
                    .isEqualTo("200");

            assertThat(proxy.take().line()).isEqualTo(who + "far.example:" + server.port());
            assertThat(server.take().line()).isEqualTo("POST /x HTTP/1.1");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, general SOCKS server failure", "5, connection refused", "77, unknown code: 77"})
    void saysWhatTheSocksProxyAnswered(String code, String words) throws Exception {
        try (RelayingProxy proxy = new RelayingProxy(true, code)) {
            OutboundResult result =
                    outbound.post("proxy_url: 'socks5://" + proxy.address() + "'", "http://far.example/");

            assertThat(result)
                    .isEqualTo(new OutboundResult.Failure(
                            "socks connect tcp " + proxy.address() + "->far.example:80: unknown error " + words,
                            false,
                            false,
                            true));
        }
    }

    @Test
    void theEnvironmentCountsIfTheConfigurationSaysSo() throws Exception {
        Map<String, String> environment =
                Map.of("http_proxy", server.address(), "NO_PROXY", "near.example", "HTTPS_PROXY", "ftp://x");
        try (OutboundHarness other =
                        new OutboundHarness(Map.of("http_proxy", server.address(), "NO_PROXY", "near.example"));
                RecordingServer near = new RecordingServer()) {
            other.post("proxy_from_environment: true", "http://far.example/");
            assertThat(server.take().line()).isEqualTo("POST http://far.example/ HTTP/1.1");

            other.post("proxy_from_environment: true", "http://near.example:" + near.port() + "/");
            assertThat(near.take().line()).isEqualTo("POST / HTTP/1.1");

            other.post("", "http://far.example:" + near.port() + "/");
            assertThat(near.take().line()).isEqualTo("POST / HTTP/1.1");
        }
        try (OutboundHarness wrong = new OutboundHarness(environment)) {
            assertThatThrownBy(() -> wrong.client("proxy_from_environment: true"))
                    .isInstanceOf(NotifierBuildException.class)
                    .hasMessageContaining("unsupported proxy scheme \"ftp\"");
        }
    }

    private static RecordingServer tlsServer() throws Exception {
        PemResources pem = new PemResources();
        TlsIdentity identity = TlsIdentity.parse(pem.text("server.crt"), "", pem.text("server.key"), "");
        return new RecordingServer(
                SslContexts.of(identity, SslContexts.trustEverybody()).getServerSocketFactory());
    }
}
