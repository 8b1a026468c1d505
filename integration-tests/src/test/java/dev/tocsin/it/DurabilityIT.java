package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Pause;
import dev.tocsin.it.support.Sink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after kill -9, and nothing is notified twice. */
class DurabilityIT {
    @TempDir
    private Path folder;

    @Test
    void aSilenceSurvivesAKillTheInstantAfterItsAnswer() {
        String id;
        try (Node node = Node.tocsin(folder, Configs.SILENT)) {
            id = node.api().silence("alertname", "Kept");
            node.process().killNine();
        }
        try (Node node = Node.tocsin(folder, Configs.SILENT)) {
            JsonNode silence = node.api().json("/api/v2/silence/" + id);
            assertThat(silence.path("status").path("state").asText()).isEqualTo("active");
        }
    }

    @Test
    void aHundredNotifiedGroupsAreNotNotifiedAgainAfterAKill() {
        try (Sink sink = new Sink()) {
            String config = Configs.webhook(sink, "100ms", "500ms", "1h");
            String alerts = Configs.alerts("Down", "host", 0, 100);
            try (Node node = Node.tocsin(folder, config)) {
                node.api().postAlerts(alerts);
                sink.await(100, Duration.ofSeconds(30));
                awaitKept(node, 100);
                node.process().killNine();
            }
            try (Node node = Node.tocsin(folder, config)) {
                assertThat(node.api().json("/api/v2/alerts")).hasSize(100);
                node.api().postAlerts(alerts);
                Pause.millis(3000); // several group intervals
                Set<String> groups = new HashSet<>();
                sink.received().forEach(notification -> groups.add(notification.groupKey()));
                assertThat(sink.received()).hasSize(100);
                assertThat(groups).hasSize(100);
            }
        }
    }

    /** Waits until the node has kept the receiver's answers: what it has not kept it must doubt after a kill. */
    private static void awaitKept(Node node, int answers) {
        node.api().awaitMetric("tocsin_nflog_outcomes_synced_total", answers, Duration.ofSeconds(20));
    }

    @Test
    void aResolveAfterAKillIsTold() {
        try (Sink sink = new Sink()) {
            String config = Configs.webhook(sink, "100ms", "500ms", "1h");
            try (Node node = Node.tocsin(folder, config)) {
                node.api().postAlerts(Configs.alerts("Down", "host", 0, 1));
                sink.await(1, Duration.ofSeconds(20));
                awaitKept(node, 1);
                node.process().killNine();
            }
            try (Node node = Node.tocsin(folder, config)) {
                node.api()
                        .postAlerts("[{\"labels\":{\"alertname\":\"Down\",\"instance\":\"host0\"},\"endsAt\":\""
                                + java.time.Instant.now() + "\"}]");
                sink.await(2, Duration.ofSeconds(20));
                assertThat(sink.received().get(1).status()).isEqualTo("resolved");
            }
        }
    }

    @Test
    void aCleanStopAndStartNotifiesNothingAgain() {
        try (Sink sink = new Sink()) {
            String config = Configs.webhook(sink, "100ms", "500ms", "1h");
            try (Node node = Node.tocsin(folder, config)) {
                node.api().postAlerts(Configs.alerts("Down", "host", 0, 20));
                sink.await(20, Duration.ofSeconds(20));
                assertThat(node.stop()).isZero();
            }
            try (Node node = Node.tocsin(folder, config)) {
                node.api().postAlerts(Configs.alerts("Down", "host", 0, 20));
                Pause.millis(2000);
                assertThat(sink.received()).hasSize(20);
            }
        }
    }
}
