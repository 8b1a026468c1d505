package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Pause;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The rows of the table that every build runs. */
@Isolated("a neighbour that wants the processors makes nodes late")
class ClusterIT {
    private static final int GROUPS = 60;

    @TempDir
    private Path folder;

    @Test
    void aPairThatPostsToAllNodesIsToldOnce() {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            row.senders().fire("g", 0, GROUPS);
            row.settle(GROUPS, Duration.ofSeconds(15), "firing");
            row.senders().resolve("g", 0, GROUPS);
            row.settle(GROUPS, Duration.ofSeconds(20), "firing", "resolved");
            row.scoreExact("pair posts to all nodes", GROUPS, "firing", "resolved");
        }
    }

    @Test
    void aKilledNodeLosesNothing() {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            row.behindBalancer();
            row.senders().fire("g", 0, GROUPS / 2);
            Pause.millis(1200);
            row.kill(1);
            row.senders().fire("g", GROUPS / 2, GROUPS / 2);
            row.settle(GROUPS, Duration.ofSeconds(30), "firing");
            row.score("one node killed in the middle, behind a balancer", GROUPS, "firing");
        }
    }

    @Test
    void aReceiverThatIsDownForAWhileHearsOnce() {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            row.sink().answer(request -> 500);
            row.senders().fire("g", 0, GROUPS);
            Pause.millis(12_000);
            row.sink().answer(request -> 200);
            row.settle(GROUPS, Duration.ofSeconds(40), "firing");
            row.scoreExact("receiver answers 500 for 12 s", GROUPS, "firing");
        }
    }

    @Test
    void whatWasToldAndSilencedSurvivesTheDeathOfAllNodes() {
        try (ChaosRow row = new ChaosRow(folder, "1s", "5s")) {
            row.senders().fire("g", 0, GROUPS);
            row.settle(GROUPS, Duration.ofSeconds(15), "firing");
            for (int i = 0; i < 20; i++) {
                row.cluster().api(i % 3).silence("instance", "other" + i);
            }
            for (int node = 0; node < 3; node++) {
                row.kill(node);
            }
            row.cluster().startAll();
            row.settle(GROUPS, Duration.ofSeconds(15), "firing");
            for (int node = 0; node < 3; node++) {
                assertThat(row.cluster().api(node).json("/api/v2/silences")).hasSize(20);
            }
            row.scoreExact("all nodes killed and restarted", GROUPS, "firing");
        }
    }

    @Test
    void aNodeThatIsCutOffIsSilentForAWhile() {
        try (Relays place = new Relays(3);
                ChaosRow row = new ChaosRow(place, folder, "1s", "5s", -1)) {
            row.senders().fire("g", 0, GROUPS / 2);
            row.settle(GROUPS / 2, Duration.ofSeconds(15), "firing");
            place.cut(0);
            row.senders().fire("g", GROUPS / 2, GROUPS / 2);
            row.awaitAlone(0);
            Pause.millis(8000);
            place.heal(0);
            row.senders().resolve("g", 0, GROUPS);
            row.settle(GROUPS, Duration.ofSeconds(30), "firing", "resolved");
            row.scoreExact("one of three cut off for 12 s", GROUPS, "firing", "resolved");
        }
    }

    @Test
    void aSilenceMadeOnOneNodeHoldsOnTheOthersAtOnce() {
        try (ChaosRow row = new ChaosRow(folder, "0s", "5s")) {
            for (int i = 0; i < 20; i++) {
                row.cluster().api(i % 3).silence("instance", "quiet" + i);
                row.cluster()
                        .api((i + 1) % 3)
                        .postAlerts("[{\"labels\":{\"alertname\":\"Outage\",\"instance\":\"quiet" + i + "\"}}]");
            }
            row.senders().fire("g", 0, 1);
            row.settle(1, Duration.ofSeconds(10), "firing");
            assertThat(row.sink().received()).hasSize(1);
        }
    }
}
