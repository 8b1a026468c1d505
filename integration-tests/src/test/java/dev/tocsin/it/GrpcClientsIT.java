package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Checkout;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.GrpcAddress;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.ProtoClient;
import dev.tocsin.it.support.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of clients, as processes that know nothing of the node's classes. */
class GrpcClientsIT {
    private static final String BOTH = """
            [{"labels":{"alertname":"Where"},"startsAt":"2026-01-01T00:00:00Z"},
             {"labels":{"alertname":"Everywhere"},"startsAt":"2026-01-01T00:00:00Z"}]""";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void aClientOfOneFileFollowsTheJournalsByReflectionAlone() {
        try (Node node = Node.tocsin(folder, Configs.SILENT, "--grpc.listen-address=127.0.0.1:0")) {
            // only libraries: none of them is ours
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    ProtoClient.libraries(),
                    Checkout.top()
                            .resolve("deploy/examples/FollowNotifications.java")
                            .toString(),
                    "127.0.0.1:" + GrpcAddress.port(node));
            try (ServerProcess client = ServerProcess.start(folder, Map.of(), command)) {
                client.awaitLine(line -> line.startsWith("following at"), PATIENCE);
                ServerProcess running = client;
                Awaitility.await().atMost(PATIENCE).until(() -> {
                    node.api().postAlerts(Configs.alerts("Example", "i", (int) (System.nanoTime() % 1_000_000), 1));
                    return running.output().contains(" merged: alert {alertname=\"Example\"");
                });
            }
        }
    }

    @Test
    void aClientMadeOfTheProtosAloneFollowsTheAlertsFromNodeToNode() {
        ProtoClient client = new ProtoClient(
                folder.resolve("client"), Checkout.top().resolve("deploy/examples/java-client/src/main/java"));
        try (Node one = Node.tocsin(folder.resolve("1"), Configs.SILENT, "--grpc.listen-address=127.0.0.1:0");
                Node other = Node.tocsin(folder.resolve("2"), Configs.SILENT, "--grpc.listen-address=127.0.0.1:0")) {
            one.api().postAlerts(BOTH);
            other.api().postAlerts(BOTH);
            one.api().postAlerts(Configs.alerts("Here", "i", 0, 1));
            other.api().postAlerts(Configs.alerts("There", "i", 0, 1));
            try (ServerProcess process = client.start(
                    folder,
                    "example.FollowAlerts",
                    "alertname=~\".*ere\"",
                    "127.0.0.1:" + GrpcAddress.port(one),
                    "127.0.0.1:" + GrpcAddress.port(other))) {
                process.awaitLine(line -> line.startsWith("= 3 alerts at "), PATIENCE);
                one.process().killNine();
                String end = process.awaitLine(line -> line.endsWith(":" + GrpcAddress.port(other)), PATIENCE);
                assertThat(end).startsWith("= 3 alerts at ");
                // that line is an error's, the others are output: they come on ways of their own
                Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(process.output().lines().filter(line -> line.equals("anew")))
                            .hasSize(1);
                    assertThat(process.output().lines().filter(line -> line.startsWith("+")))
                            .hasSize(4);
                    assertThat(process.output().lines().filter(line -> line.startsWith("-")))
                            .hasSize(1);
                });
            }
        }
    }

    @Test
    void theShellExampleTellsWhatFiresAndWhy() {
        for (String tool : List.of("curl", "jq")) {
            Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
        }
        try (Node node = Node.tocsin(folder, Configs.SILENT)) {
            node.api().postAlerts(Configs.alerts("Example", "i", 0, 2));
            try (ServerProcess shell = ServerProcess.start(
                    folder,
                    Map.of(),
                    List.of(
                            Checkout.top().resolve("deploy/examples/firing.sh").toString(),
                            node.api().base(),
                            "instance=\"i1\""))) {
                assertThat(shell.awaitExit(PATIENCE)).as(shell.errors()).isZero();
                assertThat(shell.output()).contains("Example: ").hasLineCount(1);
            }
        }
    }
}
