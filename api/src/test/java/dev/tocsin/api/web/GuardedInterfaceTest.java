package dev.tocsin.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.api.TestInterface;
import dev.tocsin.api.admin.AdminRoutes;
import dev.tocsin.api.admin.FrontPage;
import dev.tocsin.api.admin.VersionOne;
import dev.tocsin.api.http.Route;
import dev.tocsin.api.http.SystemClock;
import dev.tocsin.api.http.server.RawClient;
import dev.tocsin.api.metrics.MetricsRoutes;
import dev.tocsin.core.metrics.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No path of the interface is open when there are users. */
class GuardedInterfaceTest {
    private static final String CONFIG = """
            http_server_config:
              headers:
                X-Frame-Options: deny
                Content-Security-Policy: default-src 'self'
            basic_auth_users:
              anna: %s
            """.formatted(SecuredServer.HASH);
    private static final Pattern DESCRIBED = Pattern.compile("(?m)^  \"(/[^\"]+)\": \\{");
    private static final Map<String, String> RIGHT =
            Map.of("Authorization", SecuredServer.basic("anna", "right"), "Content-Type", "application/json");

    @TempDir
    Path folder;

    private final Executor workers = Thread::startVirtualThread;
    private TestInterface served = new TestInterface();

    @BeforeEach
    void guard() throws Exception {
        served.close();
        Path file = Files.writeString(folder.resolve("web.yml"), CONFIG);
        Metrics metrics = new Metrics(new MetricRegistry());
        WebSecurity security = new WebSecurity(file, Map.of(), workers, new SystemClock(), metrics);
        served = new TestInterface(
                "/hub", ZoneOffset.UTC, new SystemClock(), security, List.of(new WebFilter(security)), security);
    }

    @AfterEach
    void close() {
        served.close();
    }

    static Stream<Arguments> paths() {
        List<Route> routes = Stream.of(
                        new FrontPage("1").routes(),
                        new AdminRoutes(() -> null, () -> CompletableFuture.completedFuture(null)).routes(),
                        new MetricsRoutes(new Metrics(new MetricRegistry())).routes(),
                        new VersionOne().routes())
                .flatMap(List::stream)
                .toList();
        Stream<Arguments> plain = routes.stream().map(route -> Arguments.of(route.method(), "/hub" + route.pattern()));
        Stream<Arguments> hub = DESCRIBED
                .matcher(described())
                .results()
                .flatMap(path -> Stream.of("GET", "POST")
                        .map(method -> Arguments.of(method, "/hub/api/hub/v1" + path.group(1))));
        Stream<Arguments> rest = Stream.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "BREW")
                .flatMap(method -> Stream.of(
                                "/hub/api/v2/status",
                                "/hub/api/v2/alerts",
                                "/hub/api/v2/alerts/groups",
                                "/hub/api/v2/receivers",
                                "/hub/api/v2/silences",
                                "/hub/api/v2/silence/8f0c7a7e-6d23-4d3c-8f3c-3f0d1f3b0c11",
                                "/hub/api/hub/v1/alerts",
                                "/hub/../metrics",
                                "/hub//metrics",
                                "/hub",
                                "/metrics",
                                "/",
                                "/nowhere")
                        .map(path -> Arguments.of(method, path)));
        return Stream.of(plain, hub, rest).flatMap(arguments -> arguments);
    }

    private static String described() {
        try (InputStream in = TestInterface.class.getResourceAsStream("openapi/hub.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void nobodyGetsInWithoutAPassword(String method, String path) throws Exception {
        for (Map<String, String> headers : List.of(
                Map.<String, String>of(),
                Map.of("Authorization", SecuredServer.basic("anna", "wrong")),
                Map.of("Authorization", SecuredServer.basic("otto", "right")),
                Map.of("Authorization", "Bearer right"))) {
            RawClient.Answer answer = served.send(method, path, headers, "");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers())
                    .containsEntry("www-authenticate", "Basic")
                    .containsEntry("x-frame-options", "deny")
                    .containsEntry("content-security-policy", "default-src 'self'")
                    .containsEntry("content-type", "text/plain; charset=utf-8");
            if (!method.equals("HEAD")) {
                assertThat(answer.text()).isEqualTo("Unauthorized\n");
            }
        }
        assertThat(served.hub.posted).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void whoKnowsThePasswordGetsTheUsualAnswerWithTheHeaders(String method, String path) throws Exception {
        RawClient.Answer answer = served.send(method, path, RIGHT, "");
        assertThat(answer.status()).isNotEqualTo(401);
        assertThat(answer.headers()).containsEntry("x-frame-options", "deny");
    }

    @Test
    void aStrangersBodyIsNotReadToItsEnd() throws Exception {
        String head = "POST /hub/api/v2/alerts HTTP/1.1\r\nHost: x\r\nContent-Length: 60000000\r\n";
        try (RawClient client = served.server().connect()) {
            RawClient.Answer answer = client.send(head + "\r\n[").read();
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers()).containsEntry("connection", "close").containsEntry("x-frame-options", "deny");
            assertThat(client.closedByServer()).isTrue();
        }
        try (RawClient client = served.server().connect()) {
            client.send(head.replace("60000000", "3") + "Content-Type: application/json\r\nAuthorization: "
                    + RIGHT.get("Authorization") + "\r\n\r\n[");
            assertThat(client.send(" ]").read().status()).isEqualTo(200);
        }
    }

    @Test
    void onlyThoseWhoAreKnownAreAskedToGoOnWithABody() throws Exception {
        String head = "POST /hub/api/v2/alerts HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n";
        try (RawClient client = served.server().connect()) {
            assertThat(client.send(head + "\r\n").read().status()).isEqualTo(401);
        }
        try (RawClient client = served.server().connect()) {
            client.send(head + "Content-Type: application/json\r\nAuthorization: " + RIGHT.get("Authorization")
                    + "\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            assertThat(client.send("[]").read().status()).isEqualTo(200);
        }
    }

    @Test
    void requestsThatAreTurnedAwayAreNotMeasuredAsAnswered() throws Exception {
        served.send("GET", "/hub/api/v2/status", Map.of(), "");
        assertThat(served.send("GET", "/hub/metrics", RIGHT, "").text())
                .doesNotContain("alertmanager_http_request_duration_seconds_count{handler=\"/api/v2/status\"");
        served.send("GET", "/hub/api/v2/status", RIGHT, "");
        assertThat(served.send("GET", "/hub/metrics", RIGHT, "").text())
                .contains("alertmanager_http_request_duration_seconds_count");
    }
}
