package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tocsin.it.support.BadServer;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Sink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One alert for a dozen receivers that misbehave over real sockets, and one that does not: each failure has its retry
 * decision and its reason in log, metric, journal and health, no secret shows, and the one that is well hears at once.
 */
class BadReceiversIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String TEMPLATES = """
            {{ define "endless" }}{{ template "endless" . }}{{ end }}
            {{ define "huge" }}{{ template "huge" (printf "%s%s%s%s" . . . .) }}{{ end }}
            """;

    @TempDir
    private Path folder;

    /** A row of the table. */
    private record Bad(String name, String settings, String reason, boolean again, String message) {}

    private static List<Bad> table() throws IOException {
        List<Bad> rows = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(BadReceiversIT.class.getResourceAsStream("bad-receivers.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] cells = line.split(" \\| ", -1);
                if (!line.startsWith("#")) {
                    rows.add(new Bad(cells[0], cells[1], cells[2], cells[3].equals("yes"), cells[4]));
                }
            }
        }
        return rows;
    }

    private String config(List<Bad> bad, List<BadServer> servers, Sink sink) {
        StringBuilder routes = new StringBuilder();
        StringBuilder receivers = new StringBuilder();
        for (int i = 0; i < bad.size(); i++) {
            String name = bad.get(i).name();
            routes.append("    - {receiver: ").append(name).append(", continue: true}\n");
            receivers.append("  - name: ").append(name).append("\n    ");
            receivers
                    .append(bad.get(i)
                            .settings()
                            .replace("PORT", "" + servers.get(i).port()))
                    .append('\n');
        }
        return """
                templates: ['*.tmpl']
                route:
                  receiver: well
                  group_wait: 0s
                  group_interval: 5s
                  routes:
                %s    - {receiver: well}
                receivers:
                  - name: well
                    webhook_configs: [{url: '%s', payload: {text: '{{ "a\\xffz" }}'}}]
                %s""".formatted(routes, sink.url("/well"), receivers);
    }

    @Test
    void eachFailureHasItsReason() throws Exception {
        List<Bad> bad = table();
        List<BadServer> servers = new ArrayList<>();
        for (Bad row : bad) {
            servers.add(new BadServer(BadServer.manner(row.name())));
        }
        Files.writeString(folder.resolve("bad.tmpl"), TEMPLATES);
        try (Sink sink = new Sink();
                Node node =
                        Node.tocsin(folder, config(bad, servers, sink), "--enable-feature=receiver-name-in-metrics")) {
            node.api().postAlerts("[{\"labels\":{\"alertname\":\"Down\"}}]");

            List<Sink.Received> well = sink.await(1, Duration.ofSeconds(8));
            assertThat(well.getFirst().body().path("text").asText()).isEqualTo("a\ufffdz");
            await().atMost(PATIENCE).until(() -> failed(node).size() == bad.size());
            String metrics = node.api().get("/metrics").body();
            String log = node.process().errors();
            JsonNode health = node.api().json("/api/hub/v1/receivers").path("receivers");
            SoftAssertions all = new SoftAssertions();
            StringBuilder journal = new StringBuilder();
            for (Bad row : bad) {
                check(all, row, metrics, log, health);
                JsonNode history =
                        node.api().json("/api/hub/v1/notifications?kind=attempted&kind=failed&receiver=" + row.name());
                checkJournal(all, row, history.path("entries"));
                journal.append(history);
            }
            all.assertThat(journal).doesNotContain("c4n4ry");
            all.assertThat(log).doesNotContain("c4n4ry");
            all.assertThat(health.toString()).doesNotContain("c4n4ry");
            all.assertAll();
        } finally {
            servers.forEach(BadServer::close);
        }
    }

    /** The series that count failures. */
    private static List<String> failed(Node node) {
        return node.api()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("alertmanager_notifications_failed_total{") && !line.endsWith(" 0"))
                .toList();
    }

    private static void check(SoftAssertions all, Bad row, String metrics, String log, JsonNode health) {
        all.assertThat(metrics.lines())
                .as(row.name() + " in metrics")
                .anyMatch(line -> line.startsWith("alertmanager_notifications_failed_total{")
                        && line.contains("receiver_name=\"" + row.name() + "\"")
                        && line.contains("reason=\"" + row.reason() + "\"")
                        && !line.endsWith(" 0"));
        String end = row.again() ? "notify retry canceled after " : "notify retry canceled ";
        all.assertThat(log.lines())
                .as(row.name() + " in the log")
                .anyMatch(line -> line.contains("Notify for alerts failed")
                        && line.contains(row.name() + "/")
                        && line.contains(end)
                        && line.contains(row.message()));
        if (row.again()) {
            all.assertThat(log.lines())
                    .as(row.name() + " is tried again")
                    .anyMatch(line -> line.contains("Notify attempt failed, will retry later")
                            && line.contains("receiver=" + row.name() + " "));
        }
        checkHealth(all, row, health);
    }

    /** The journal tells the failure, and of the first attempt what is to become of it. */
    private static void checkJournal(SoftAssertions all, Bad row, JsonNode entries) {
        List<String> attempts = new ArrayList<>();
        List<JsonNode> failures = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (entry.path("kind").asText().equals("failed")) {
                failures.add(entry);
            } else if (entry.path("attempt").asInt() == 1) {
                attempts.add(entry.path("reason").asText());
            }
        }
        all.assertThat(failures).as(row.name() + " in the journal").isNotEmpty().allSatisfy(failed -> {
            assertThat(failed.path("failure").asText()).isEqualTo(row.reason());
            assertThat(failed.path("reason").asText())
                    .contains(", " + row.reason() + ": ")
                    .contains(row.message());
        });
        String verdict = row.again() ? "(may be tried again|may have been accepted)" : "refused for good";
        if (!row.name().equals("hanging")) {
            all.assertThat(attempts)
                    .as(row.name() + "'s first attempts in the journal")
                    .isNotEmpty()
                    .first()
                    .asString()
                    .matches("attempt 1 took \\d+ ms, " + verdict + ": .*")
                    .contains(row.message());
        }
    }

    private static void checkHealth(SoftAssertions all, Bad row, JsonNode health) {
        // what is tried again is cut by the end of the flush in the end, some of it in the middle of an attempt
        String cut = row.again() ? "context deadline exceeded" : row.message();
        for (JsonNode receiver : health) {
            if (receiver.path("name").asText().equals(row.name()) && !row.name().equals("hanging")) {
                all.assertThat(receiver.path("integrations")
                                .path(0)
                                .path("lastError")
                                .asText())
                        .as(row.name() + "'s health")
                        .containsAnyOf(row.message(), cut);
            }
        }
    }
}
