package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.EventLines;
import dev.tocsin.it.support.Sink;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real nodes, asked through the hub API: what happens at one is seen at all. */
class HubApiIT {
    private static final String HUB = "/api/hub/v1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private HubCluster cluster(Sink sink) {
        HubCluster cluster = new HubCluster(
                Flavor.TOCSIN,
                new Place.Loopback(),
                folder,
                Configs.webhook(sink, "1s", "5s", "4h"),
                3,
                node -> Map.of(),
                "--cluster.peer-timeout=2s");
        cluster.startAll();
        return cluster;
    }

    private static JsonNode post(Api api, String path, String body) {
        HttpResponse<String> answer = api.post(HUB + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Api.parse(answer.body());
    }

    @Test
    void aSilenceMadeAtOneNodeIsSeenInTheStreamOfAnotherWhichSaysSoWhenItStops() {
        try (Sink sink = new Sink();
                HubCluster cluster = cluster(sink);
                EventLines stream = new EventLines(cluster.api(2), HUB + "/stream?view=silences&view=alerts")) {
            cluster.api(0).postAlerts("[{\"labels\":{\"alertname\":\"A\",\"instance\":\"i\"}}]");
            stream.await(line -> line.startsWith("data:") && line.contains("\"alertname\":\"A\""), PATIENCE);

            JsonNode preview = post(cluster.api(1), "/silences/preview", "{\"matchers\":[\"alertname=A\"]}");
            assertThat(preview.get("matched").asInt()).isEqualTo(1);
            JsonNode made = post(
                    cluster.api(0),
                    "/silences/bulk",
                    "{\"set\":[{\"matchers\":[\"alertname=A\"],\"endsAt\":\"%s\",\"createdBy\":\"me\",\"comment\":\"c\"}]}"
                            .formatted(Instant.now().plusSeconds(3600)));
            String id = made.get("set").get(0).get("id").asText();

            // two views, two clocks: either may be told first
            stream.awaitAll(
                    List.of(
                            line -> line.startsWith("data:") && line.contains("\"id\":\"" + id + "\""),
                            line -> line.contains("\"silencedBy\":[\"" + id + "\"]")),
                    PATIENCE);
            cluster.stop(2);
            stream.awaitEnd(PATIENCE);
        }
    }

    @Test
    void everyNodeKnowsWhatWasNotifiedAndWhy() {
        try (Sink sink = new Sink();
                HubCluster cluster = cluster(sink)) {
            cluster.api(0).postAlerts("[{\"labels\":{\"alertname\":\"A\",\"instance\":\"i\"}}]");
            sink.await(1, PATIENCE);
            String fingerprint = cluster.api(1)
                    .json(HUB + "/alerts")
                    .get("alerts")
                    .get(0)
                    .get("fingerprint")
                    .asText();
            Set<String> senders = new HashSet<>();
            for (int node = 0; node < 3; node++) {
                JsonNode explanation = cluster.api(node).json(HUB + "/alerts/" + fingerprint + "/explain");
                assertThat(explanation.get("cause").asText())
                        .as(explanation.toString())
                        .isEqualTo("notified");
                JsonNode history = cluster.api(node).json(HUB + "/notifications?kind=delivered");
                assertThat(history.get("silentNodes")).isEmpty();
                assertThat(history.get("entries")).as(history.toString()).hasSize(1);
                senders.add(history.get("entries").get(0).get("node").asText());
                assertThat(cluster.api(node).json(HUB + "/cluster").get("members"))
                        .hasSize(3);
            }
            assertThat(senders).hasSize(1);
        }
    }
}
