package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Pause;
import dev.tocsin.it.support.Sink.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole table, some twenty minutes. {@code -Dflavor=alertmanager} runs it on the real Alertmanager: then it only
 * prints.
 */
@Tag("chaos")
class ChaosIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"5s", "1s"})
    void pairPostsToAllNodes(String groupInterval) {
        try (ChaosRow row = new ChaosRow(folder, "1s", groupInterval)) {
            row.fireAndResolve(200, Duration.ofSeconds(12));
            row.settle(200, Duration.ofSeconds(20), "firing", "resolved");
            row.scoreExact("200 groups, interval " + groupInterval, 200, "firing", "resolved");
        }
    }

    @Test
    void oneNodeKilledBehindABalancer() {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            row.behindBalancer();
            for (int batch = 0; batch < 10; batch++) {
                row.senders().fire("g", batch * 30, 30);
                Pause.millis(500);
                if (batch == 5) {
                    row.kill(2);
                }
            }
            Pause.millis(12_000);
            row.senders().resolve("g", 0, 300);
            row.settle(300, Duration.ofSeconds(30), "firing", "resolved");
            row.score("random live node, one killed in the middle", 300, "firing", "resolved");
        }
    }

    @Test
    void eachNodeKilledInTurn() {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            for (int node = 0; node < 3; node++) {
                row.senders().fire("g", node * 150, 150);
                Pause.millis(1400);
                row.kill(node);
                Pause.millis(8000);
                row.cluster().start(node);
                Pause.millis(4000);
            }
            for (int node = 0; node < 3; node++) {
                row.senders().resolve("g", node * 150, 150);
                Pause.millis(4000);
                row.kill(node);
                Pause.millis(8000);
                row.cluster().start(node);
                Pause.millis(4000);
            }
            row.settle(450, Duration.ofSeconds(40), "firing", "resolved");
            row.score("each node killed in turn", 450, "firing", "resolved");
        }
    }

    @Test
    void receiverAnswers500() {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            row.sink().answer(request -> 500);
            row.senders().fire("g", 0, 100);
            Pause.millis(20_000);
            row.sink().answer(request -> 200);
            row.settle(100, Duration.ofSeconds(60), "firing");
            row.scoreExact("receiver answers 500 for 20 s", 100, "firing");
        }
    }

    @Test
    void receiverTakesThreeSeconds() {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            row.sink().answer(request -> {
                Pause.millis(3000);
                return 200;
            });
            row.senders().fire("g", 0, 100);
            row.settle(100, Duration.ofSeconds(60), "firing");
            row.senders().resolve("g", 0, 100);
            row.settle(100, Duration.ofSeconds(60), "firing", "resolved");
            row.scoreExact("receiver takes 3 s a request", 100, "firing", "resolved");
        }
    }

    @Test
    void aNodeStandsStillForTwentySeconds() {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            row.senders().fire("g", 0, 100);
            Pause.millis(700);
            row.cluster().pause(0);
            Pause.millis(10_000);
            row.senders().fire("g", 100, 100);
            Pause.millis(10_000);
            row.cluster().resume(0);
            row.settle(200, Duration.ofSeconds(40), "firing");
            row.senders().resolve("g", 0, 200);
            row.settle(200, Duration.ofSeconds(40), "firing", "resolved");
            row.score("a node stopped for 20 s", 1, 200, "firing", "resolved");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "relays"})
    void oneNodeIsCutOffForThirtySeconds(String network) {
        try (Place.Divisible place = network.equals("relays") ? new Relays(3) : new Namespaces(3);
                ChaosRow row = new ChaosRow(place, folder, "1s", "5s", -1)) {
            row.senders().fire("g", 0, 50);
            Pause.millis(6000);
            place.cut(0);
            row.senders().fire("g", 50, 50);
            row.awaitAlone(0);
            Pause.millis(5000);
            row.senders().fire("g", 100, 50);
            Pause.millis(10_000);
            row.senders().resolve("g", 0, 50);
            Pause.millis(10_000);
            place.heal(0);
            row.senders().fire("g", 150, 50);
            Pause.millis(15_000);
            row.senders().resolve("g", 50, 150);
            row.settle(200, Duration.ofSeconds(60), "firing", "resolved");
            row.scoreExact("one of three cut off for 30 s, by " + network, 200, "firing", "resolved");
        }
    }

    @Test
    void nodesAreFarApartAndLoseTheirConnections() {
        try (Relays place = new Relays(3);
                ChaosRow row = new ChaosRow(place, folder, "1s", "5s", -1)) {
            place.delay(Duration.ofMillis(40));
            for (int round = 0; round < 12; round++) {
                row.senders().fire("g", round * 5, 5);
                Pause.millis(1000);
                place.reset(round % 3);
                Pause.millis(1000);
            }
            row.settle(60, Duration.ofSeconds(30), "firing");
            row.senders().resolve("g", 0, 60);
            row.settle(60, Duration.ofSeconds(40), "firing", "resolved");
            row.scoreExact("40 ms each way, connections reset every 2 s", 60, "firing", "resolved");
        }
    }

    @Test
    void rollingRestart() {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            row.senders().fire("g", 0, 50);
            for (int node = 0; node < 3; node++) {
                row.cluster().stop(node);
                Pause.millis(500);
                row.senders().fire("g", 50 + node * 15, 15);
                row.cluster().start(node);
                Pause.millis(1500);
            }
            row.senders().fire("g", 95, 5);
            Pause.millis(10_000);
            row.senders().resolve("g", 0, 100);
            row.settle(100, Duration.ofSeconds(40), "firing", "resolved");
            row.scoreExact("rolling restart", 100, "firing", "resolved");
        }
    }

    @Test
    void oneNodesWayToTheReceiverIsBroken() {
        try (ChaosRow row = new ChaosRow(new Place.Loopback(), folder, "1s", "5s", 0)) {
            Instant begun = Instant.now();
            row.senders().fire("g", 0, 100);
            row.settle(100, Duration.ofSeconds(40), "firing");
            row.scoreExact("one node's way to the receiver is broken", 100, "firing");
            List<Received> received = row.sink().received();
            if (!received.isEmpty()) {
                Duration last = Duration.between(begun, received.getLast().at());
                System.out.printf("  the last one was delivered after %d ms%n", last.toMillis());
                if (row.isTocsin()) {
                    assertThat(last).isLessThan(Duration.ofSeconds(16));
                }
            }
        }
    }

    @Test
    void allNodesKilledAndRestarted() {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            row.senders().fire("g", 0, 100);
            row.settle(100, Duration.ofSeconds(20), "firing");
            for (int i = 0; i < 20; i++) {
                row.cluster().api(i % 3).silence("instance", "other" + i);
            }
            for (int node = 0; node < 3; node++) {
                row.kill(node);
            }
            row.cluster().startAll();
            row.settle(100, Duration.ofSeconds(20), "firing");
            System.out.printf(
                    "  silences left: %d of 20%n",
                    row.cluster().api(0).json("/api/v2/silences").size());
            row.scoreExact("all nodes killed and restarted", 100, "firing");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 20, 50, 100})
    void senderKilledAfterTheAnswer(int millis) {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            int kills = 6;
            for (int i = 0; i < kills; i++) {
                int before = row.sink().received().size();
                row.senders().fire("g", i, 1);
                List<Received> received = row.sink().await(before + 1, Duration.ofSeconds(20));
                int sender = received.getLast().sender();
                assertThat(sender).isNotNegative();
                Pause.millis(millis);
                row.kill(sender);
                Pause.millis(6000);
                row.cluster().start(sender);
                Pause.millis(4000);
            }
            row.settle(kills, Duration.ofSeconds(20), "firing");
            Score score = row.score("sender killed " + millis + " ms after the answer", kills, "firing");
            if (row.isTocsin() && millis >= 20) {
                assertThat(score.duplicates()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "STOP"})
    void failover(String signal) {
        try (ChaosRow row = new ChaosRow(folder, "1s", "10s")) {
            List<Long> took = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int before = row.sink().received().size();
                Instant flushed = Instant.now().plusMillis(1200);
                row.senders().fire("g", i, 1);
                Received first =
                        row.sink().await(before + 1, Duration.ofSeconds(20)).getLast();
                int owner = first.sender();
                assertThat(owner).isNotNegative();
                row.senders().resolve("g", i, 1);
                // the interval runs from the flush, and the first notification of a process takes its time after it
                Instant due = (first.at().isBefore(flushed) ? first.at() : flushed).plusSeconds(10);
                Pause.millis(Duration.between(Instant.now(), due).toMillis() - 500);
                Instant gone = Instant.now();
                if (signal.equals("KILL")) {
                    row.kill(owner);
                } else {
                    row.cluster().pause(owner);
                }
                Received second =
                        row.sink().await(before + 2, Duration.ofSeconds(30)).getLast();
                took.add(Duration.between(gone, second.at()).toMillis());
                if (signal.equals("KILL")) {
                    row.cluster().start(owner);
                } else {
                    row.cluster().resume(owner);
                }
                Pause.millis(5000);
            }
            took.sort(null);
            System.out.printf(
                    "failover after %s: %s ms from the signal, 500 ms of it before the notification is due%n",
                    signal, took);
            row.score("failover after " + signal, 5, 5, "firing", "resolved");
            if (row.isTocsin()) {
                assertThat(took.getLast()).isLessThanOrEqualTo(signal.equals("KILL") ? 2000 : 5500);
            }
        }
    }

    @Test
    void twoThousandGroupsAtOnce() {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            row.senders().fire("g", 0, 2000);
            row.settle(2000, Duration.ofSeconds(60), "firing");
            row.scoreExact("2,000 groups at once", 2000, "firing");
            for (int node = 0; node < 3; node++) {
                System.out.printf(
                        "  node %d: CPU %s, %s%n",
                        node,
                        row.cluster().node(node).process().cpu(),
                        row.cluster()
                                .api(node)
                                .get("/metrics")
                                .body()
                                .lines()
                                .filter(line ->
                                        line.startsWith("alertmanager_notifications_total{integration=\"webhook\""))
                                .findFirst()
                                .orElse("no metric"));
            }
        }
    }
}
