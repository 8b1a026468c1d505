package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Checkout;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unmodified amtool, in the version that Debian's stable release has and in the newest. */
class AmtoolIT {
    private static final String CONFIG = """
            global:
              resolve_timeout: 10m
            route:
              receiver: default
              group_by: [alertname]
              routes:
                - matchers: [team="x"]
                  receiver: team-x
                  continue: true
                - matchers: [severity=~"page|critical"]
                  receiver: pager
            inhibit_rules:
              - source_matchers: [severity="critical"]
                target_matchers: [severity="warning"]
                equal: [alertname]
            receivers:
              - name: default
              - name: team-x
              - name: pager
                webhook_configs:
                  - url: http://127.0.0.1:9/pager
            """;

    @TempDir
    private Path folder;

    private record Result(int exit, String output, String errors) {}

    private Result amtool(String suite, Node node, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Checkout.peer(suite, "amtool").toString());
        command.add("--alertmanager.url=" + node.api().base());
        command.addAll(List.of(arguments));
        try (ServerProcess process = ServerProcess.start(folder, Map.of("HOME", folder.toString()), command)) {
            int exit = process.awaitExit(Duration.ofSeconds(30));
            return new Result(exit, process.output(), process.errors());
        }
    }

    private Result ok(String suite, Node node, String... arguments) {
        Result result = amtool(suite, node, arguments);
        assertThat(result.exit()).as(result.output() + result.errors()).isZero();
        return result;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stable", "newest"})
    void alertsAreAddedAndQueried(String suite) {
        try (Node node = Node.tocsin(folder, CONFIG)) {
            ok(suite, node, "alert", "add", "alertname=Disk", "team=x", "--annotation=summary=full");
            ok(suite, node, "alert", "add", "Bare", "severity=page");
            Result all = ok(suite, node, "alert", "query");
            assertThat(all.output()).contains("Alertname", "Starts At", "Disk", "Bare", "full", "active");
            assertThat(ok(suite, node, "alert", "query", "team=~x|y").output())
                    .contains("Disk")
                    .doesNotContain("Bare");
            assertThat(ok(suite, node, "alert", "query", "Bare").output())
                    .contains("Bare")
                    .doesNotContain("Disk");
            assertThat(ok(suite, node, "alert", "query", "--receiver=pager").output())
                    .contains("Bare")
                    .doesNotContain("Disk");
            JsonNode json =
                    Api.parse(ok(suite, node, "-o", "json", "alert", "query").output());
            assertThat(json).hasSize(2);
            assertThat(json.get(0).path("fingerprint").asText()).hasSize(16);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stable", "newest"})
    void silencesAreAddedQueriedUpdatedAndExpired(String suite) {
        try (Node node = Node.tocsin(folder, CONFIG)) {
            ok(suite, node, "alert", "add", "alertname=Disk");
            String id = ok(suite, node, "silence", "add", "-a", "me", "-c", "why", "-d", "2h", "alertname=Disk")
                    .output()
                    .trim();
            assertThat(id).hasSize(36);
            assertThat(ok(suite, node, "silence", "query").output())
                    .contains(id)
                    .contains("alertname=\"Disk\"")
                    .contains("me")
                    .contains("why");
            assertThat(ok(suite, node, "alert", "query").output()).doesNotContain("Disk");
            assertThat(ok(suite, node, "alert", "query", "-s").output())
                    .contains("Disk")
                    .contains("suppressed");
            ok(suite, node, "silence", "update", "-d", "5h", "-c", "longer", id);
            assertThat(ok(suite, node, "silence", "query").output())
                    .contains("longer")
                    .contains(id);
            ok(suite, node, "silence", "expire", id);
            assertThat(ok(suite, node, "silence", "query", "-q").output()).doesNotContain(id);
            assertThat(ok(suite, node, "silence", "query", "--expired", "-q").output())
                    .contains(id);
            Result unknown = amtool(suite, node, "silence", "expire", "00000000-0000-4000-8000-000000000000");
            assertThat(unknown.exit()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stable", "newest"})
    void silencesAreExportedAndImported(String suite) throws IOException {
        try (Node node = Node.tocsin(folder, CONFIG)) {
            String id = ok(suite, node, "silence", "add", "-a", "me", "-c", "why", "alertname=Disk")
                    .output()
                    .trim();
            Path file = folder.resolve("silences.json");
            Files.writeString(
                    file, ok(suite, node, "-o", "json", "silence", "query").output());
            ok(suite, node, "silence", "expire", id);
            String again = ok(suite, node, "silence", "import", file.toString())
                    .output()
                    .trim();
            assertThat(again).hasSize(36).isNotEqualTo(id);
            Files.writeString(file, "nonsense");
            Result invalid = amtool(suite, node, "silence", "import", file.toString());
            assertThat(invalid.exit()).isEqualTo(1);
            assertThat(invalid.errors()).contains("couldn't unmarshal");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stable", "newest"})
    void theConfigurationIsShown(String suite) {
        try (Node node = Node.tocsin(folder, CONFIG)) {
            assertThat(ok(suite, node, "config", "show").output())
                    .contains("resolve_timeout: 10m")
                    .contains("url: <secret>");
        }
    }

    /** An amtool from before secret URLs cannot read them back, whoever shows them. */
    @ParameterizedTest
    @ValueSource(strings = "newest")
    void theRoutesOfTheShownConfigurationAreShownAndTested(String suite) throws IOException {
        try (Node node = Node.tocsin(folder, CONFIG)) {
            Result shown = ok(suite, node, "config", "show");
            assertThat(ok(suite, node, "config", "routes", "show").output())
                    .contains("Routing tree:")
                    .contains("default-route  receiver: default")
                    .contains("{team=\"x\"}  continue: true  receiver: team-x");
            assertThat(ok(suite, node, "config", "routes", "test", "team=x", "severity=page")
                            .output())
                    .contains("team-x,pager");
            Result wrong = amtool(suite, node, "config", "routes", "test", "--verify.receivers=pager", "team=x");
            assertThat(wrong.exit()).isEqualTo(1);
            // what the node shows is a configuration that amtool accepts
            Path file = folder.resolve("shown.yml");
            Files.writeString(file, shown.output());
            assertThat(ok(suite, node, "check-config", file.toString()).output())
                    .contains("SUCCESS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stable", "newest"})
    void theClusterIsShown(String suite) {
        try (Node node = Node.tocsin(folder, CONFIG, "--cluster.listen-address=127.0.0.1:0")) {
            Result shown = ok(suite, node, "cluster", "show");
            assertThat(shown.output())
                    .contains("Cluster Status:")
                    .contains("ready")
                    .contains("Node Name:");
        }
    }
}
