package dev.tocsin.cluster.atomix.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.tls.TestAuthority;
import dev.tocsin.core.tls.TlsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTlsTest {
    private static final String SERVER =
            "tls_server_config: {cert_file: node.pem, key_file: node.key, client_ca_file: ca.pem, client_auth_type: RequireAndVerifyClientCert%s}\n";

    @TempDir
    Path folder;

    private ClusterTls load(String text) throws TlsException, IOException {
        new TestAuthority("ours").writeFolder(folder, "127.0.0.1");
        return new ClusterTls(Files.writeString(folder.resolve("own.yml"), text), Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                              | missing 'tls_server_config' entry in the TLS configuration",
                "tls_client_config: {}                           | missing 'tls_server_config' entry in the TLS configuration",
                "tls_server_config: {}                           | missing one of cert or cert_file",
                "tls_server_config: {cert_file: node.pem}        | missing one of key or key_file",
                "tls_server_config: {cert_file: a, key_file: b}  | no such file",
                "tls_server: {}                                  | tls_server",
                "'tls_server_config: {cert_file: node.pem, key_file: node.key, client_ca_file: ca.pem}' | Client Auth Policy",
                "'tls_server_config: {cert_file: node.pem, key_file: node.key, client_auth_type: Maybe}' | Invalid ClientAuth: Maybe",
                "'tls_server_config: {cert_file: node.pem, key_file: node.key, max_version: TLS11}' | no TLS below 1.2",
                "'tls_server_config: {cert_file: node.pem, key_file: node.key, cipher_suites: [TLS_NONE]}' | unknown cipher: TLS_NONE",
                "'tls_server_config: {cert_file: node.pem, key_file: node.key, curve_preferences: [CurveP1]}' | unknown curve: CurveP1",
                "'tls_server_config: {cert_file: ca.pem, key_file: node.key}' | does not belong",
                "'{'                                             | own.yml",
            })
    void aFileThatIsWrongIsRefusedWithAReason(String text, String reason) {
        assertThatThrownBy(() -> load(text)).isInstanceOf(TlsException.class).hasMessageContaining(reason);
    }

    @Test
    void theAcceptingSideDoesAsTheFileSays() throws Exception {
        SSLEngine engine = load(SERVER.formatted(
                        ", min_version: TLS13, curve_preferences: [X25519], prefer_server_cipher_suites: false"))
                .server();
        assertThat(engine.getUseClientMode()).isFalse();
        assertThat(engine.getNeedClientAuth()).isTrue();
        assertThat(engine.getSSLParameters().getProtocols()).containsExactly("TLSv1.3");
        assertThat(engine.getSSLParameters().getNamedGroups()).containsExactly("x25519");
        assertThat(engine.getSSLParameters().getUseCipherSuitesOrder()).isFalse();
    }

    @Test
    void theOpeningSideChecksTheAddressOrTheNameThatIsConfigured() throws Exception {
        InetSocketAddress peer = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.7"), 9094);
        ClusterTls plain = load(SERVER.formatted("") + "tls_client_config: {ca_file: ca.pem}\n");
        assertThat(plain.client(peer).getPeerHost()).isEqualTo("10.0.0.7");
        assertThat(plain.client(peer).getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
        ClusterTls named =
                load(SERVER.formatted("") + "tls_client_config: {ca_file: ca.pem, server_name: hub.example.org}\n");
        assertThat(named.client(peer).getPeerHost()).isEqualTo("hub.example.org");
    }

    @Test
    void whatWasLoadedStaysWhileAFileIsBroken() throws Exception {
        ClusterTls tls = load(SERVER.formatted(""));
        Files.writeString(folder.resolve("node.pem"), "");
        tls.refresh();
        assertThat(tls.server().getNeedClientAuth()).isTrue();
    }
}
