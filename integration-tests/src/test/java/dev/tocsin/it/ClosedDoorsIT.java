package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.tls.TestAuthority;
import dev.tocsin.it.support.Checkout;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.FreePorts;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Pause;
import dev.tocsin.it.support.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node behind {@code --web.config.file}, and the real clients that people have: amtool, curl, Prometheus. */
class ClosedDoorsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The hash of {@code right}, and that of {@code other}. */
    private static final String RIGHT = "$2a$04$IkwMejF85lTY2xBsmQmMreXscR7PrGc2Mssl09zvNkFZAAl6yFUri";

    private static final String OTHER = "$2a$04$Kw8eYzK6HbzQ8XWyG9Z7Reyvrf2SHl1ZuU6zRs544uIyezo5BgB3K";

    private static final String CONFIG = """
            tls_server_config:
              cert_file: node.pem
              key_file: node.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: ca.pem
            basic_auth_users:
              anna: %s
            """;

    @TempDir
    private Path folder;

    private record Result(int exit, String output, String errors) {}

    @BeforeEach
    void certificates() throws IOException {
        TestAuthority authority = new TestAuthority("ours");
        authority.write(folder, "node", "127.0.0.1");
        authority.write(folder, "client", "client.example.org");
        write(CONFIG.formatted(RIGHT));
        client("right");
    }

    private void write(String config) throws IOException {
        Files.writeString(folder.resolve("web.yml"), config);
    }

    /** Writes what amtool reads. */
    private void client(String password) throws IOException {
        Files.writeString(folder.resolve("client.yml"), """
                basic_auth: {username: anna, password: %s}
                tls_config: {ca_file: %2$s/ca.pem, cert_file: %2$s/client.pem, key_file: %2$s/client.key}
                """.formatted(password, folder));
    }

    private Node start(String... flags) {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("--web.config.file=" + folder.resolve("web.yml"));
        Node node = Node.launchTocsin(List.of(), folder, Configs.SILENT, all.toArray(String[]::new));
        node.process().awaitLine(line -> line.contains("TLS is enabled."), PATIENCE);
        return node;
    }

    private static String base(Node node) {
        return "https://127.0.0.1:" + URI.create(node.api().base()).getPort();
    }

    private Result run(List<String> command) {
        try (ServerProcess process = ServerProcess.start(folder, Map.of("HOME", folder.toString()), command)) {
            int exit = process.awaitExit(PATIENCE);
            return new Result(exit, process.output(), process.errors());
        }
    }

    private Result amtool(String suite, String base, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Checkout.peer(suite, "amtool").toString(),
                "--alertmanager.url=" + base,
                "--http.config.file=" + folder.resolve("client.yml")));
        command.addAll(List.of(arguments));
        return run(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stable", "newest"})
    void amtoolWorksWithACertificateAndAPasswordAndNotWithAWrongOne(String suite) throws IOException {
        try (Node node = start("--web.route-prefix=/hub")) {
            String base = base(node) + "/hub";
            assertThat(amtool(suite, base, "alert", "add", "alertname=Disk").exit())
                    .isZero();
            assertThat(amtool(suite, base, "alert", "query").output()).contains("Disk");
            client("wrong");
            assertThat(amtool(suite, base, "alert", "query").exit()).isEqualTo(1);
            assertThat(amtool(suite, base, "alert", "query").errors()).contains("401");
        }
    }

    @Test
    void curlWorksOnEveryListenerAndWithoutCertificateOrPasswordDoesNot() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "there is no curl");
        try (Node node = start("--web.listen-address=127.0.0.1:0", "--web.listen-address=[::1]:0")) {
            for (String path : List.of("/-/ready", "/metrics", "/api/v2/status", "/nowhere")) {
                assertThat(curl(base(node) + path, "--cert", "client.pem", "--key", "client.key"))
                        .as(path)
                        .isEqualTo("401");
                assertThat(curl(base(node) + path, "--user", "anna:right"))
                        .as(path)
                        .isEqualTo("000");
            }
            String[] all = {"--cert", "client.pem", "--key", "client.key", "--user", "anna:right"};
            assertThat(curl(base(node) + "/metrics", all)).isEqualTo("200");
            assertThat(curl(base(node).replace("https:", "http:") + "/metrics", all))
                    .isEqualTo("400");
            String second = node.process()
                    .errors()
                    .lines()
                    .filter(line -> line.contains("Listening on") && line.contains("[::1]"))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll(".*address=\"?([^\\s\"]+).*", "https://$1");
            assertThat(curl(second + "/metrics", "--insecure", "--cert", "client.pem", "--key", "client.key"))
                    .isEqualTo("401");
        }
    }

    private String curl(String url, String... options) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/curl", "-s", "--globoff", "--cacert", "ca.pem"));
        command.addAll(List.of("-o", "/dev/null", "-w", "%{http_code}"));
        command.addAll(List.of(options));
        command.add(url);
        return run(command).output();
    }

    @Test
    void aPasswordIsChangedWithoutARestart() throws IOException {
        try (Node node = start()) {
            assertThat(amtool("newest", base(node), "alert", "query").exit()).isZero();
            write(CONFIG.formatted(OTHER));
            assertThat(amtool("newest", base(node), "alert", "query").exit()).isEqualTo(1);
            client("other");
            assertThat(amtool("newest", base(node), "alert", "query").exit()).isZero();
            write("basic_auth_users: [");
            assertThat(amtool("newest", base(node), "alert", "query").exit())
                    .as("what the file said before")
                    .isZero();
            node.process()
                    .awaitLine(line -> line.contains("Web configuration file cannot be used"), Duration.ofSeconds(5));
        }
    }

    @Test
    void prometheusPostsAndScrapesWithCertificateAndPassword() throws IOException {
        String prometheus = Checkout.peer("stable", "prometheus").toString();
        try (Node node = start()) {
            String target = base(node).substring("https://".length());
            String door = """
                    scheme: https
                    basic_auth: {username: anna, password: right}
                    tls_config: {ca_file: ../ca.pem, cert_file: ../client.pem, key_file: ../client.key}
                    static_configs: [{targets: ['%s']}]
                    """.formatted(target);
            Path home = Files.createDirectories(folder.resolve("prometheus"));
            Files.writeString(
                    home.resolve("prometheus.yml"),
                    "global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files: [rules.yml]\nalerting:\n"
                            + "  alertmanagers:\n    - " + door.strip().replace("\n", "\n      ")
                            + "\nscrape_configs:\n  - job_name: hub\n    "
                            + door.strip().replace("\n", "\n    ")
                            + "\n");
            Files.writeString(home.resolve("rules.yml"), """
                    groups:
                      - name: hub
                        rules:
                          - alert: HubIsScraped
                            expr: up{job="hub"} == 1
                    """);
            try (ServerProcess process = ServerProcess.start(
                    home,
                    Map.of(),
                    List.of(
                            prometheus,
                            "--config.file=prometheus.yml",
                            "--storage.tsdb.path=data",
                            "--web.listen-address=127.0.0.1:" + FreePorts.one()))) {
                long deadline = System.nanoTime() + PATIENCE.toNanos();
                while (!amtool("newest", base(node), "alert", "query").output().contains("HubIsScraped")) {
                    assertThat(System.nanoTime()).as(process.errors()).isLessThan(deadline);
                    Pause.millis(500);
                }
            }
        }
    }

    @Test
    void theFileIsCheckedBeforeItIsUsed() throws IOException {
        List<String> check = new ArrayList<>(Node.javaCommand());
        check.addAll(List.of("check-web-config", "web.yml"));
        Result good = run(check);
        assertThat(good.exit()).isZero();
        assertThat(good.output()).isEqualTo("web.yml SUCCESS\n");
        write("tls_server_config: {cert_file: gone.pem, key_file: node.key}\n");
        Result bad = run(check);
        assertThat(bad.exit()).isEqualTo(1);
        assertThat(bad.errors())
                .startsWith("web.yml FAILED: unable to read file")
                .contains("gone.pem");
    }

    @Test
    void theRealAlertmanagerAnswersTheSameToStrangers() throws IOException {
        write(CONFIG.formatted(RIGHT).replaceAll("(?m)^  client_.*\n", "")
                + "http_server_config: {headers: {X-Frame-Options: deny}}\n");
        try (Node ours = start();
                Node real = Node.launchAlertmanager(
                        List.of(),
                        folder.resolve("real"),
                        Configs.SILENT,
                        "--web.config.file=" + folder.resolve("web.yml"))) {
            for (List<String> request : List.of(
                    List.of("https", "/metrics"),
                    List.of("https", "/metrics", "--user", "anna:wrong"),
                    List.of("https", "/-/healthy", "--user", "anna:right"),
                    List.of("https", "/nowhere", "--user", "anna:right"),
                    List.of("https", "/nowhere", "--head"),
                    List.of("http", "/metrics"))) {
                assertThat(answer(ours, request)).as(request.toString()).isEqualTo(answer(real, request));
            }
        }
    }

    /** Status line, headers that matter, body. */
    private String answer(Node node, List<String> request) {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "there is no curl");
        List<String> command = new ArrayList<>(List.of("/usr/bin/curl", "-s", "-i", "--http1.1", "--cacert", "ca.pem"));
        command.addAll(request.subList(2, request.size()));
        command.add(base(node).replace("https", request.get(0)) + request.get(1));
        return run(command)
                .output()
                .lines()
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("date:"))
                .map(line -> line.contains(": ") ? line.toLowerCase(Locale.ROOT) : line)
                .sorted()
                .toList()
                .toString();
    }
}
