package dev.tocsin.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.tls.Certificates;
import dev.tocsin.core.tls.SslContexts;
import dev.tocsin.core.tls.TestAuthority;
import dev.tocsin.core.tls.TrustedRoots;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.Node;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a request costs a node behind {@code --web.config.file}, beside the real Alertmanager with the same file. It prints
 * a table and asserts no times.
 */
@Tag("bench")
class ClosedDoorsBench {
    private static final int WARM_UP = 10_000;
    private static final int MEASURED = 20_000;
    private static final int AT_ONCE = 8;
    private static final String USERS =
            "basic_auth_users: {anna: $2a$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi}\n";
    private static final String TLS = "tls_server_config: {cert_file: node.pem, key_file: node.key}\n";

    @TempDir
    private Path folder;

    private interface Starter {
        Node start(Path folder, String[] flags);
    }

    @BeforeEach
    void certificates() {
        new TestAuthority("ours").write(folder, "node", "127.0.0.1");
    }

    @Test
    void requests() throws Exception {
        System.out.printf("%-34s %16s %16s%n", "CPU us of a request", "Tocsin", "Alertmanager");
        for (String config : List.of("", USERS, TLS, TLS + USERS)) {
            String name = (config.contains("tls") ? "TLS" : "plain") + (config.contains("users") ? ", password" : "");
            double mine = measure(
                    config,
                    HttpClient.Version.HTTP_1_1,
                    (at, flags) -> Node.launchTocsin(List.of(), at, Configs.SILENT, flags));
            double theirs = measure(
                    config,
                    HttpClient.Version.HTTP_1_1,
                    (at, flags) -> Node.launchAlertmanager(List.of(), at, Configs.SILENT, flags));
            System.out.printf("%-34s %16.1f %16.1f%n", name, mine, theirs);
        }
        double second = measure(
                TLS + USERS,
                HttpClient.Version.HTTP_2,
                (at, flags) -> Node.launchTocsin(List.of(), at, Configs.SILENT, flags));
        System.out.printf("%-34s %16.1f%n", "HTTP/2, TLS, password", second);
    }

    private double measure(String config, HttpClient.Version version, Starter starter) throws Exception {
        Files.writeString(folder.resolve("web.yml"), config);
        String[] flags =
                config.isEmpty() ? new String[0] : new String[] {"--web.config.file=" + folder.resolve("web.yml")};
        try (Node node = starter.start(Files.createTempDirectory(folder, "node"), flags);
                HttpClient client = HttpClient.newBuilder()
                        .version(version)
                        .sslContext(trust())
                        .connectTimeout(Duration.ofSeconds(10))
                        .build()) {
            node.process().awaitLine(line -> line.contains("TLS is"), Duration.ofSeconds(60));
            String base = node.api().base();
            HttpRequest request = HttpRequest.newBuilder(URI.create(
                            (config.contains("tls") ? base.replace("http:", "https:") : base) + "/api/v2/receivers"))
                    .header(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString("anna:fakepassword".getBytes(StandardCharsets.UTF_8)))
                    .build();
            send(client, request, WARM_UP);
            double before = ProcessFigures.cpuMillis(node.process().pid());
            send(client, request, MEASURED);
            return (ProcessFigures.cpuMillis(node.process().pid()) - before) * 1000 / MEASURED;
        }
    }

    private static void send(HttpClient client, HttpRequest request, int count) {
        CompletableFuture<?>[] senders = new CompletableFuture<?>[AT_ONCE];
        for (int sender = 0; sender < AT_ONCE; sender++) {
            senders[sender] = CompletableFuture.runAsync(
                    () -> {
                        try {
                            for (int i = 0; i < count / AT_ONCE; i++) {
                                assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                                                .statusCode())
                                        .isEqualTo(200);
                            }
                        } catch (IOException | InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    work -> Thread.ofVirtual().start(work));
        }
        CompletableFuture.allOf(senders).join();
    }

    private SSLContext trust() throws Exception {
        return SslContexts.of(
                null, TrustedRoots.of(Certificates.parse(Files.readString(folder.resolve("ca.pem")), "ca.pem")));
    }
}
