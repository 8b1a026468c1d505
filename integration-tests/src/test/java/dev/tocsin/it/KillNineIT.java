package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Pause;
import dev.tocsin.it.support.Sink;
import dev.tocsin.it.support.Sink.Received;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node is killed twenty times at random instants while alerts and silences pour in: nothing that was answered with 200
 * is lost, every alert is notified, and a second notification is either absent or marked with the same key.
 */
class KillNineIT {
    private static final int KILLS = 20;

    @TempDir
    private Path folder;

    @Test
    void nothingAcknowledgedIsLostAndNothingIsNotifiedTwiceUnmarked() throws InterruptedException {
        Random random = new Random(20260102);
        Set<Integer> alerts = ConcurrentHashMap.newKeySet();
        Set<String> silences = ConcurrentHashMap.newKeySet();
        int next = 0;
        try (Sink sink = new Sink()) {
            String config = Configs.webhook(sink, "200ms", "1s", "1h");
            for (int kill = 0; kill < KILLS; kill++) {
                try (Node node = Node.tocsin(folder, config)) {
                    AtomicBoolean stop = new AtomicBoolean();
                    int first = next;
                    Thread load = Thread.ofVirtual().start(() -> pour(node, first, alerts, silences, stop));
                    Pause.millis(300 + random.nextInt(900));
                    node.process().killNine();
                    stop.set(true);
                    load.join();
                    next += 10_000;
                }
            }
            try (Node node = Node.tocsin(folder, config)) {
                assertEverythingKept(node, alerts, silences);
                sink.await(alerts.size(), Duration.ofSeconds(60));
                Pause.millis(3000);
                assertToldOnce(sink.received(), alerts);
            }
        }
    }

    private static void pour(Node node, int first, Set<Integer> alerts, Set<String> silences, AtomicBoolean stop) {
        int at = first;
        while (!stop.get()) {
            try {
                HttpResponse<String> stored = node.api().post("/api/v2/alerts", Configs.alerts("Load", "n", at, 3));
                if (stored.statusCode() == 200) {
                    alerts.addAll(List.of(at, at + 1, at + 2));
                }
                if (at % 4 == 0) {
                    silences.add(node.api().silence("never", "matches" + at));
                }
            } catch (UncheckedIOException e) {
                return; // killed in the middle: this one was not acknowledged
            }
            at += 3;
            Pause.millis(5);
        }
    }

    private static void assertEverythingKept(Node node, Set<Integer> alerts, Set<String> silences) {
        List<String> kept = new ArrayList<>();
        for (JsonNode alert : node.api().json("/api/v2/alerts")) {
            kept.add(alert.path("labels").path("instance").asText());
        }
        assertThat(kept).containsAll(alerts.stream().map(at -> "n" + at).toList());
        List<String> ids = new ArrayList<>();
        for (JsonNode silence : node.api().json("/api/v2/silences")) {
            ids.add(silence.path("id").asText());
        }
        assertThat(ids).containsAll(silences);
    }

    private static void assertToldOnce(List<Received> received, Set<Integer> alerts) {
        Map<String, List<Received>> byInstance = new HashMap<>();
        for (Received notification : received) {
            String instance =
                    notification.body().path("groupLabels").path("instance").asText();
            byInstance.computeIfAbsent(instance, k -> new ArrayList<>()).add(notification);
        }
        assertThat(byInstance.keySet())
                .containsAll(alerts.stream().map(at -> "n" + at).toList());
        int repeats = 0;
        for (List<Received> told : byInstance.values()) {
            for (Received repeat : told.subList(1, told.size())) {
                // the node died between the receiver's answer and its own record of it: told again, marked, same key
                assertThat(repeat.marked())
                        .as("unmarked repeat of " + repeat.groupKey())
                        .isTrue();
                assertThat(repeat.key()).isEqualTo(told.getFirst().key());
                repeats++;
            }
        }
        System.out.printf(
                "killed %d times: %d alerts, %d notifications, %d marked repeats%n",
                KILLS, alerts.size(), received.size(), repeats);
        assertThat(repeats)
                .as("repeats in the window between answer and record")
                .isLessThanOrEqualTo(KILLS * 4);
    }
}
