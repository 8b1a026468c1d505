package dev.tocsin.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.api.http.AsyncHandler;
import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Router;
import dev.tocsin.api.http.server.RawClient;
import dev.tocsin.core.tls.TestAuthority;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsServerTest {
    private static final String TLS = "tls_server_config: {cert_file: node.pem, key_file: node.key%s}\n";
    private static final int LONG = 3_000_000;

    @TempDir
    Path folder;

    private final TestAuthority authority = new TestAuthority("ours");

    @BeforeEach
    void certificates() {
        authority.write(folder, "node", "127.0.0.1");
        authority.write(folder, "client", "prometheus.example.org");
    }

    /** Says the length of the body that came; {@code /long} is answered at length. */
    private static final Router ECHO = request -> request.path().equals("/long")
            ? Router.Match.unmeasured((Handler) asked -> Response.stream(200, "text/plain", out -> {
                byte[] part = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < LONG / part.length; i++) {
                    out.write(part);
                }
            }))
            : Router.Match.unmeasured((AsyncHandler) asked -> CompletableFuture.completedFuture(Response.text(
                    200,
                    asked.method() + " " + asked.path() + "?" + asked.rawQuery() + " from " + asked.remoteAddress()
                            + " " + asked.body().length())));

    private SecuredServer serve(String config) throws WebConfigException {
        return new SecuredServer(folder, config, ECHO);
    }

    @Test
    void httpTwoIsSpokenWithThoseWhoKnowIt() throws Exception {
        try (SecuredServer server = serve(TLS.formatted(""));
                HttpClient client = server.client(null)) {
            HttpResponse<String> answer = server.get(client, "/a%20b?c=d");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.body()).isEqualTo("GET /a b?c=d from 127.0.0.1 0");
            assertThat(answer.headers().firstValue("date")).isPresent();
            assertThat(answer.headers().firstValue("connection")).isEmpty();
        }
    }

    @Test
    void bodiesAndLongAnswersTravelOverHttpTwo() throws Exception {
        try (SecuredServer server = serve(TLS.formatted(""));
                HttpClient client = server.client(null)) {
            HttpRequest.Builder post = HttpRequest.newBuilder(server.uri("/p"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[LONG]));
            assertThat(server.send(client, post).body()).isEqualTo("POST /p? from 127.0.0.1 " + LONG);
            List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(client.sendAsync(
                        HttpRequest.newBuilder(server.uri("/long")).build(), HttpResponse.BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> one : all) {
                assertThat(one.get().body()).hasSize(LONG);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/short", "/long"})
    void anAnswerToHeadHasNoBodyOverHttpTwo(String path) throws Exception {
        try (SecuredServer server = serve(TLS.formatted(""));
                HttpClient client = server.client(null)) {
            HttpResponse<String> answer =
                    server.send(client, HttpRequest.newBuilder(server.uri(path)).HEAD());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            assertThat(server.get(client, "/after").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tooLongABodyIsRefusedAndOtherStreamsGoOn() throws Exception {
        try (SecuredServer server = serve(TLS.formatted(""));
                HttpClient client = server.client(null)) {
            HttpRequest.Builder post = HttpRequest.newBuilder(server.uri("/p"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[(64 << 20) + 1]));
            assertThat(server.send(client, post).statusCode()).isEqualTo(413);
            assertThat(server.get(client, "/after").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void suitesThatHttpTwoBansMakeItHttpOne() throws Exception {
        String suites = ", max_version: TLS12, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384%s]";
        try (SecuredServer server = serve(TLS.formatted(suites.formatted("")));
                HttpClient client = server.client(null)) {
            assertThat(server.get(client, "/").version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
        String banned = suites.formatted(", TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256");
        try (SecuredServer server = serve(TLS.formatted(banned));
                HttpClient client = server.client(null)) {
            assertThat(server.get(client, "/").version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }

    @Test
    void aStopDoesNotWaitForStreamsThatNeverEnd() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        Router never = request -> Router.Match.unmeasured((AsyncHandler) asked -> {
            begun.complete(null);
            return new CompletableFuture<>();
        });
        try (SecuredServer server = new SecuredServer(folder, TLS.formatted(""), never);
                HttpClient client = server.client(null)) {
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                    HttpRequest.newBuilder(server.uri("/")).build(), HttpResponse.BodyHandlers.ofString());
            begun.join();
            server.server().stop(Duration.ofMillis(100));
            assertThatThrownBy(answer::join).hasCauseInstanceOf(IOException.class);
            client.shutdownNow();
        }
    }

    @Test
    void handlersThatDoNotBlockRunOnTheLoopAlsoBehindThePassword() throws Exception {
        Router name = request -> Router.Match.unmeasured((AsyncHandler) asked -> CompletableFuture.completedFuture(
                Response.text(200, Thread.currentThread().getName())));
        try (SecuredServer server =
                        new SecuredServer(folder, "basic_auth_users: {anna: " + SecuredServer.HASH + "}", name);
                HttpClient client = server.client(null)) {
            assertThat(server.get(client, "/", "anna", "right").body()).startsWith("http-");
        }
    }

    @Test
    void httpTwoCanBeTurnedOff() throws Exception {
        try (SecuredServer server = serve(TLS.formatted("") + "http_server_config: {http2: false}\n");
                HttpClient client = server.client(null)) {
            assertThat(server.get(client, "/").version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(server.get(client, "/long").body()).hasSize(LONG);
        }
    }

    @Test
    void thoseWhoSpeakPlainTextAreToldSo() throws Exception {
        try (SecuredServer server = serve(TLS.formatted(""));
                RawClient client = server.server().connect()) {
            RawClient.Answer answer =
                    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").read();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).isEqualTo("Client sent an HTTP request to an HTTPS server.\n");
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void bytesThatAreNeitherCloseTheConnection() throws Exception {
        try (SecuredServer server = serve(TLS.formatted(""))) {
            try (RawClient client = server.server().connect()) {
                assertThat(client.send("garbage").closedByServer()).isTrue();
            }
            try (RawClient client = server.server().connect()) {
                assertThat(client.send(new byte[] {22, 3, 1, 0, 5, 99, 0, 0, 1, 0})
                                .closedByServer())
                        .isFalse(); // an alert comes first
            }
        }
    }

    @Test
    void aBrokenRequestIsAnsweredOverTlsAndTheConnectionClosed() throws Exception {
        try (SecuredServer server = serve(TLS.formatted(""));
                SSLSocket socket = connect(server, null)) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400 ").endsWith("missing required Host header");
        }
    }

    private static SSLSocket connect(SecuredServer server, @Nullable String stem) throws Exception {
        SSLSocket socket = (SSLSocket) server.context(stem)
                .getSocketFactory()
                .createSocket("127.0.0.1", server.server().address().getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static X509Certificate shown(SecuredServer server) throws Exception {
        try (SSLSocket socket = connect(server, null)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void aNewConnectionSeesTheCertificateOfTheMoment() throws Exception {
        try (SecuredServer server = serve(TLS.formatted(""))) {
            X509Certificate before = shown(server);
            assertThat(shown(server)).isEqualTo(before);
            authority.write(folder, "node", "127.0.0.1");
            assertThat(shown(server)).isNotEqualTo(before);
        }
    }

    @Test
    void aRotationThatIsHalfDoneLeavesTheLastGoodCertificate() throws Exception {
        try (SecuredServer server = serve(TLS.formatted(""))) {
            X509Certificate before = shown(server);
            Files.writeString(folder.resolve("node.key"), "half");
            assertThat(shown(server)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, '', TLS_CHACHA20_POLY1305_SHA256",
        "TLSv1.2, '', TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLSv1.3, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TLS_CHACHA20_POLY1305_SHA256",
        "TLSv1.2, 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',"
                + " TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
    })
    void theQuickestSuiteIsPreferredUnlessTheFileSaysOtherwise(String version, String listed, String chosen)
            throws Exception {
        String list = listed.isEmpty() ? "" : ", cipher_suites: [" + listed + "]";
        try (SecuredServer server = serve(TLS.formatted(list));
                SSLSocket socket = connect(server, null)) {
            socket.setEnabledProtocols(new String[] {version});
            assertThat(socket.getSession().getCipherSuite()).isEqualTo(chosen);
        }
    }

    @Test
    void policiesOfTheFileCountFromTheNextConnectionOn() throws Exception {
        try (SecuredServer server = serve(TLS.formatted(""))) {
            try (SSLSocket socket = connect(server, null)) {
                assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            }
            server.write(
                    TLS.formatted(", max_version: TLS12, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]"));
            try (SSLSocket socket = connect(server, null)) {
                assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
                assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
            }
            server.write(TLS.formatted(", min_version: TLS13"));
            try (SSLSocket socket = connect(server, null)) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void tlsIsNotTurnedOffWhileTheNodeRuns() throws Exception {
        try (SecuredServer server = serve(TLS.formatted(""));
                HttpClient client = server.client(null)) {
            server.write("basic_auth_users: {anna: " + SecuredServer.HASH + "}\n");
            assertThat(server.get(client, "/").statusCode()).isEqualTo(401);
            assertThat(server.get(client, "/", "anna", "right").statusCode()).isEqualTo(200);
        }
    }

    /** The verdict for a client with no certificate, one of a stranger, and one of ours. */
    @ParameterizedTest
    @CsvSource({
        "NoClientCert, '', true, true, true",
        "RequestClientCert, '', true, true, true",
        "RequireAnyClientCert, '', false, true, true",
        "RequireClientCert, '', false, true, true",
        "VerifyClientCertIfGiven, '', true, false, true",
        "RequireAndVerifyClientCert, '', false, false, true",
        "RequireAndVerifyClientCert, prometheus.example.org, false, false, true",
        "RequireAndVerifyClientCert, grafana.example.org, false, false, false",
        "RequireAnyClientCert, prometheus.example.org, false, true, true",
        "VerifyClientCertIfGiven, grafana.example.org, true, false, false",
    })
    void clientsShowWhatTheFileAsksFor(String type, String name, boolean none, boolean strangers, boolean ours)
            throws Exception {
        TestAuthority strange = new TestAuthority("ours");
        Path elsewhere = folder.resolve("elsewhere");
        strange.write(elsewhere, "stranger", "prometheus.example.org");
        for (String file : List.of("stranger.pem", "stranger.key")) {
            Files.copy(elsewhere.resolve(file), folder.resolve(file));
        }
        String authorities = type.contains("Verify") ? ", client_ca_file: ca.pem" : "";
        String names = name.isEmpty() ? "" : ", client_allowed_sans: [" + name + "]";
        try (SecuredServer server = serve(TLS.formatted(authorities + ", client_auth_type: " + type + names))) {
            assertThat(isServed(server, null)).as("nothing shown").isEqualTo(none);
            assertThat(isServed(server, "stranger"))
                    .as("a stranger's certificate")
                    .isEqualTo(strangers);
            assertThat(isServed(server, "client")).as("our certificate").isEqualTo(ours);
        }
    }

    private static boolean isServed(SecuredServer server, @Nullable String stem) throws Exception {
        try (SSLSocket socket = connect(server, stem)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().readAllBytes().length > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
