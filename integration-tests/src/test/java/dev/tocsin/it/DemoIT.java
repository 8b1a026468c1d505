package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Checkout;
import dev.tocsin.it.support.Pause;
import dev.tocsin.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code deploy/bin/tocsin demo}: tells its story, survives the death of a node and leaves nothing behind. */
@Isolated("a neighbour that wants the processors makes nodes late")
class DemoIT {
    private static final Duration STORY = Duration.ofSeconds(150);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern NODE = Pattern.compile("  n[1-3] is at http://127\\.0\\.0\\.1:\\d+, pid (\\d+)");

    @TempDir
    private Path folder;

    private ServerProcess demo(String... flags) {
        List<String> command =
                new ArrayList<>(List.of("bash", Checkout.launcher().toString(), "demo", "--port=0"));
        command.addAll(List.of(flags));
        return ServerProcess.start(folder, Map.of("TOCSIN_JAVA_OPTS", "-Djava.io.tmpdir=" + folder), command);
    }

    @Test
    void oneNodeTellsTheStory() {
        try (ServerProcess process = demo("--once", "--nodes=1")) {
            assertThat(process.awaitExit(STORY)).isZero();
            assertThat(process.output())
                    .contains("#1 FIRING  alertname=InstanceDown, cluster=eu  (3 firing")
                    .contains("FIRING  alertname=DatabaseDown")
                    .contains("RESOLVED  alertname=DatabaseDown")
                    .contains("Told: 4 pages")
                    .doesNotContain("CheckoutSlow,");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void threeNodesTellTheSameStoryThoughOneIsKilledBeforeItsPage() {
        try (ServerProcess process = demo("--once", "--kill")) {
            assertThat(process.awaitExit(STORY)).isZero();
            assertThat(process.output())
                    .contains("#1 FIRING  alertname=InstanceDown, cluster=eu  (3 firing")
                    .containsPattern("kill -9 \\d+: n[1-3] is dead")
                    .containsPattern("n[1-3] took over: its page came ")
                    .containsOnlyOnce("FIRING  alertname=DatabaseDown")
                    .containsOnlyOnce("RESOLVED  alertname=DatabaseDown")
                    .contains("Told: 4 pages")
                    .doesNotContain("possible repeat");
            assertThat(pids(process)).hasSize(3).noneMatch(DemoIT::runs);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothingStaysWhenItIsToldToStop() {
        try (ServerProcess process = demo()) {
            List<Long> nodes = awaitNodes(process);
            assertThat(nodes).allMatch(DemoIT::runs);
            process.terminate();
            process.awaitExit(Duration.ofSeconds(10));
            assertThat(nodes).noneMatch(DemoIT::runs);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void noNodeStaysWhenItIsKilled() throws IOException {
        try (ServerProcess process = demo()) {
            List<Long> nodes = awaitNodes(process);
            process.killNine();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (nodes.stream().anyMatch(DemoIT::runs) && System.nanoTime() < deadline) {
                Pause.millis(50);
            }
            assertThat(nodes).noneMatch(DemoIT::runs);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).allMatch(path -> path.getFileName().toString().startsWith("tocsin-demo"));
        }
    }

    @Test
    void aKillWithoutASuccessorIsRefused() {
        try (ServerProcess process = demo("--nodes=1", "--kill")) {
            assertThat(process.awaitExit(PATIENCE)).isEqualTo(2);
            assertThat(process.errors()).contains("--kill needs two nodes or more");
        }
    }

    private static List<Long> awaitNodes(ServerProcess process) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Long> nodes = pids(process);
        while (nodes.size() < 3 && System.nanoTime() < deadline) {
            Pause.millis(50);
            nodes = pids(process);
        }
        assertThat(nodes).hasSize(3);
        return nodes;
    }

    private static List<Long> pids(ServerProcess process) {
        return NODE.matcher(process.output())
                .results()
                .map((MatchResult found) -> Long.valueOf(found.group(1)))
                .toList();
    }

    private static boolean runs(long pid) {
        // one that nobody waits for stays in the table without a command
        return ProcessHandle.of(pid)
                .filter(process -> process.isAlive() && process.info().command().isPresent())
                .isPresent();
    }
}
