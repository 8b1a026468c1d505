package dev.tocsin.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.api.TestInterface;
import dev.tocsin.api.http.SystemClock;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.tls.Certificates;
import dev.tocsin.core.tls.SslContexts;
import dev.tocsin.core.tls.TestAuthority;
import dev.tocsin.core.tls.TrustedRoots;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Server-Sent Events over HTTP/2 and TLS, for users. */
@Timeout(60)
class GuardedStreamTest {
    private static final String CONFIG = """
            tls_server_config:
              cert_file: node.pem
              key_file: node.key
            basic_auth_users:
              anna: %s
            """.formatted(SecuredServer.HASH);

    @TempDir
    Path folder;

    private TestInterface served;
    private HttpClient client;

    @BeforeEach
    void guard() throws Exception {
        new TestAuthority("ours").write(folder, "node", "127.0.0.1");
        Path file = Files.writeString(folder.resolve("web.yml"), CONFIG);
        WebSecurity security = new WebSecurity(
                file, Map.of(), Thread::startVirtualThread, new SystemClock(), new Metrics(new MetricRegistry()));
        served = new TestInterface(
                "/", ZoneOffset.UTC, new SystemClock(), security, List.of(new WebFilter(security)), security);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(SslContexts.of(
                        null,
                        TrustedRoots.of(Certificates.parse(Files.readString(folder.resolve("ca.pem")), "ca.pem"))))
                .build();
    }

    @AfterEach
    void close() {
        client.shutdownNow();
        served.close();
    }

    private HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
        URI where = URI.create("https://127.0.0.1:" + served.server().address().getPort() + "/api/hub/v1" + path);
        return client.send(
                HttpRequest.newBuilder(where)
                        .header("Authorization", SecuredServer.basic("anna", "right"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private static BufferedReader lines(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static String read(BufferedReader lines, String until) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(until)) {
                return line;
            }
        }
        throw new AssertionError("the stream is over, and " + until + " did not come");
    }

    private void fire(String name) {
        Instant now = Instant.now();
        Alert alert = new Alert(
                LabelSet.of("alertname", name),
                LabelSet.EMPTY,
                now,
                ZoneOffset.UTC,
                now.plusSeconds(3600),
                ZoneOffset.UTC,
                now,
                "",
                false);
        served.hub.alerts.add(new AlertView(alert, List.of("pager"), List.of(), List.of(), List.of()));
        served.onLoop(() -> served.hub.listeners.forEach(listener -> listener.stored(alert, null)));
    }

    @Test
    void manyStreamsOfOneConnectionGoOnWhileSomeOfThemAreNeverRead() throws Exception {
        List<HttpResponse<InputStream>> unread = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            unread.add(open("/stream?view=alerts"));
        }
        HttpResponse<InputStream> answer = open("/stream?view=alerts");
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(answer.headers().map()).doesNotContainKeys("transfer-encoding", "connection");
        try (BufferedReader stream = lines(answer)) {
            read(stream, "\"synced\"");
            for (int i = 0; i < 500; i++) {
                fire("Change" + i + "-" + "x".repeat(1_000));
                if (i % 100 == 99) {
                    read(stream, "Change" + i + "-");
                }
            }
            assertThat(served.metric("tocsin_http_streams")).isEqualTo(6);
        }
        for (HttpResponse<InputStream> one : unread) {
            one.body().close();
        }
    }

    @Test
    void whoIsNotAUserAnyMoreIsSentAwayFromHisStream() throws Exception {
        try (BufferedReader stream = lines(open("/stream?view=alerts"))) {
            read(stream, "\"synced\"");
            Files.writeString(folder.resolve("web.yml"), CONFIG.replace("anna", "berta"));
            assertThat(open("/cluster").statusCode()).isEqualTo(401);

            read(stream, "event: end");
            assertThat(stream.readLine()).isEqualTo("data: {\"reason\":\"your user is let in no more\"}");
            assertThat(stream.readLine()).isEmpty();
            assertThat(stream.readLine()).isNull();
        }
    }
}
