package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Checkout;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.GrpcAddress;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of clients, as processes that know nothing of the node's classes. */
class GrpcClientsIT {
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
                    libraries(),
                    Checkout.top()
                            .resolve("deploy/examples/FollowNotifications.java")
                            .toString(),
                    "127.0.0.1:" + GrpcAddress.port(node));
            try (ServerProcess client = ServerProcess.start(folder, Map.of(), command)) {
                client.awaitLine(line -> line.startsWith("following at"), PATIENCE);
                ServerProcess running = client;
                org.awaitility.Awaitility.await().atMost(PATIENCE).until(() -> {
                    node.api().postAlerts(Configs.alerts("Example", "i", (int) (System.nanoTime() % 1_000_000), 1));
                    return running.output().contains(" merged: alert {alertname=\"Example\"");
                });
            }
        }
    }

    private static String libraries() {
        Path lib = Checkout.jar().resolveSibling("lib");
        try (var jars = Files.list(lib)) {
            return jars.map(Path::toString)
                    .filter(jar -> !Path.of(jar).getFileName().toString().startsWith("tocsin"))
                    .reduce((a, b) -> a + java.io.File.pathSeparator + b)
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
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
