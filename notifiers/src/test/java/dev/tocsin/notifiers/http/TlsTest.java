package dev.tocsin.notifiers.http;

import static dev.tocsin.notifiers.http.OutboundHarness.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.tls.Certificates;
import dev.tocsin.core.tls.PemResources;
import dev.tocsin.core.tls.SslContexts;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.core.tls.TlsIdentity;
import dev.tocsin.core.tls.TrustedRoots;
import dev.tocsin.notifiers.http.message.OutboundResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {
    private static final String VERIFY = "tls: failed to verify certificate: x509: ";

    @TempDir
    Path folder;

    private final PemResources pem = new PemResources();
    private final List<RecordingServer> servers = new ArrayList<>();
    private final OutboundHarness outbound = new OutboundHarness();

    @AfterEach
    void close() {
        outbound.close();
        servers.forEach(RecordingServer::close);
    }

    @ParameterizedTest
    @CsvSource({"server, server.key", "rsa, rsa.pkcs1.key", "ed25519, ed25519.key"})
    void believesTheAuthorityOfTheConfiguration(String certificate, String key) throws Exception {
        RecordingServer server = server(certificate, key, false);

        assertThat(told(outbound.post("tls_config: {ca_file: " + file("authority.crt") + "}", url(server))))
                .isEqualTo("200");
        assertThat(server.take().header("Host")).isEqualTo("localhost:" + server.port());
    }

    @Test
    void believesTheAuthoritiesOfTheSystem() throws Exception {
        RecordingServer server = server("server", "server.key", false);

        assertThat(told(outbound.post("", url(server)))).isEqualTo(VERIFY + "certificate signed by unknown authority");
        try (OutboundHarness trusting = new OutboundHarness(Map.of("SSL_CERT_FILE", file("authority.crt")))) {
            assertThat(told(trusting.post("", url(server)))).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stranger-server|certificate signed by unknown authority",
                "expired|certificate has expired or is not yet valid",
                "other|certificate is not valid for the server's name"
            })
    void saysWhyItDoesNotBelieve(String certificate, String reason) throws Exception {
        RecordingServer server = server(certificate, "server.key", false);

        OutboundResult result = outbound.post("tls_config: {ca_file: " + file("authority.crt") + "}", url(server));

        assertThat(told(result)).startsWith(VERIFY + reason);
        assertThat(result).isInstanceOfSatisfying(OutboundResult.Failure.class, failure -> {
            assertThat(failure.unreachable()).isTrue();
            assertThat(failure.maybeAccepted()).isFalse();
        });
    }

    @Test
    void expectsTheNameOfTheConfiguration() throws Exception {
        RecordingServer server = server("other", "server.key", false);
        String settings = "tls_config: {ca_file: " + file("authority.crt") + ", server_name: other.example}";

        assertThat(told(outbound.post(settings, url(server)))).isEqualTo("200");
        assertThat(server.take().header("Host")).isEqualTo("localhost:" + server.port());
    }

    @ParameterizedTest
    @CsvSource({"stranger-server", "expired", "other"})
    void believesEverybodyIfToldSo(String certificate) throws Exception {
        RecordingServer server = server(certificate, "server.key", false);

        assertThat(told(outbound.post("tls_config: {insecure_skip_verify: true}", url(server))))
                .isEqualTo("200");
    }

    @Test
    void showsItsCertificate() throws Exception {
        RecordingServer server = server("server", "server.key", true);
        String authority = "ca_file: " + file("authority.crt");
        String identity = ", cert_file: " + file("client.crt") + ", key_file: " + file("client.sec1.key");

        assertThat(told(outbound.post("tls_config: {" + authority + identity + "}", url(server))))
                .isEqualTo("200");

        OutboundResult refused = outbound.post("tls_config: {" + authority + "}", url(server));
        assertThat(refused).isInstanceOfSatisfying(OutboundResult.Failure.class, failure -> {
            // The refusal comes after our handshake is done; who closes first decides what we see of it.
            boolean told = failure.message().startsWith("remote error: tls: ");
            if (!told) {
                assertThat(failure.message()).matches("(write|read) tcp 127[^ ]*: (write|read): .*|EOF");
            }
            assertThat(failure.maybeAccepted()).isEqualTo(!told);
        });
        assertThat(server.waiting()).isOne();
    }

    @Test
    void loadsAFileAgainWhenItsContentChanges() throws Exception {
        RecordingServer server = server("server", "server.key", false);
        Path authority = folder.resolve("rotated.crt");
        Files.writeString(authority, pem.text("stranger.crt"));
        OutboundClient client = outbound.client("tls_config: {ca_file: " + authority + "}");

        assertThat(told(outbound.post(client, url(server))))
                .isEqualTo(VERIFY + "certificate signed by unknown authority");
        Files.writeString(authority, pem.text("authority.crt"));
        assertThat(told(outbound.post(client, url(server)))).isEqualTo("200");
        Files.writeString(authority, pem.text("stranger.crt"));
        assertThat(told(outbound.post(client, url(server))))
                .isEqualTo(VERIFY + "certificate signed by unknown authority");
    }

    @Test
    void keepsTheConnection() throws Exception {
        RecordingServer server = server("server", "server.key", false);
        OutboundClient client = outbound.client("tls_config: {ca_file: " + file("authority.crt") + "}");

        outbound.post(client, url(server));
        outbound.post(client, url(server));

        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"TLS12, TLS12", "TLS13, TLS13"})
    void talksTheVersionsOfTheConfiguration(String min, String max) throws Exception {
        RecordingServer server = server("server", "server.key", false);

        assertThat(told(outbound.post(
                        "tls_config: {ca_file: " + file("authority.crt") + ", min_version: " + min + ", max_version: "
                                + max + "}",
                        url(server))))
                .isEqualTo("200");
    }

    @Test
    void aServerWithoutTls() throws Exception {
        RecordingServer server = new RecordingServer();
        servers.add(server);
        server.then(RecordingServer.answerBeforeReading("HTTP/1.1 400 Bad Request\r\n\r\n"));

        assertThat(told(outbound.post("", url(server))))
                .isEqualTo("tls: first record does not look like a TLS handshake");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ca_file: /nowhere/ca.crt|unable to read file /nowhere/ca.crt: no such file",
                "ca: 'no certificate'|no certificate found in the inline text",
                "cert_file: /nowhere/a, key_file: /nowhere/b|unable to read file /nowhere/a: no such file",
                "max_version: TLS11|max_version TLS11 is not supported: the Java runtime has no TLS below 1.2",
                "ca_ref: x|references to a secret store are not supported in tls_config"
            })
    void refusesToBuildWithoutWhatIsNamed(String settings, String message) {
        assertThatThrownBy(() -> outbound.client("tls_config: {" + settings + "}"))
                .isInstanceOf(NotifierBuildException.class)
                .hasMessage("http_config: " + message);
    }

    private String url(RecordingServer server) {
        return "https://localhost:" + server.port() + "/";
    }

    private String file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), pem.text(name)).toString();
    }

    private RecordingServer server(String certificate, String key, boolean clientsMustShowThemselves)
            throws TlsException {
        TlsIdentity identity = TlsIdentity.parse(pem.text(certificate + ".crt"), certificate, pem.text(key), key);
        SSLServerSocketFactory factory = SslContexts.of(
                        identity, TrustedRoots.of(Certificates.parse(pem.text("authority.crt"), "authority.crt")))
                .getServerSocketFactory();
        RecordingServer server = new RecordingServer(new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port) throws IOException {
                return with(factory.createServerSocket(port));
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) throws IOException {
                return with(factory.createServerSocket(port, backlog));
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                return with(factory.createServerSocket(port, backlog, address));
            }

            private ServerSocket with(ServerSocket socket) {
                ((SSLServerSocket) socket).setNeedClientAuth(clientsMustShowThemselves);
                return socket;
            }
        });
        servers.add(server);
        return server;
    }
}
