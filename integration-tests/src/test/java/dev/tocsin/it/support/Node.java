package dev.tocsin.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** One hub process on loopback: Tocsin, or the real Alertmanager for comparison. */
public final class Node implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Listening on.*\\baddress\"?[=:]\"?([^\\s\"]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerProcess process;
    private final Api api;

    private Node(ServerProcess process, Api api) {
        this.process = process;
        this.api = api;
    }

    /** Starts Tocsin on a free port with {@code folder} as working folder, {@code config} as file and more flags. */
    public static Node tocsin(Path folder, String config, String... flags) {
        return start(javaCommand(), folder, config, Map.of(), flags);
    }

    /** As {@link #tocsin} with more environment. */
    public static Node tocsin(Path folder, String config, Map<String, String> environment, String... flags) {
        return start(javaCommand(), folder, config, environment, flags);
    }

    /** As {@link #tocsin} without waiting until it is ready; {@code prefix} stands before the command. */
    public static Node launchTocsin(List<String> prefix, Path folder, String config, String... flags) {
        return launch(join(prefix, javaCommand()), folder, config, Map.of(), flags);
    }

    /** Starts the newest real Alertmanager the same way. */
    public static Node alertmanager(Path folder, String config, String... flags) {
        return ready(launchAlertmanager(List.of(), folder, config, flags));
    }

    private static List<String> join(List<String> prefix, List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    /** As {@link #alertmanager} without waiting until it is ready; {@code prefix} stands before the command. */
    public static Node launchAlertmanager(List<String> prefix, Path folder, String config, String... flags) {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/share/prometheus/alertmanager/default.tmpl")),
                "Debian's Alertmanager reads its templates from /usr/share/prometheus; copy the folder"
                        + " integration-tests/.peers/newest/usr/share/prometheus there first");
        return launch(
                join(
                        prefix,
                        List.of(Checkout.peer("newest", "prometheus-alertmanager")
                                .toString())),
                folder,
                config,
                Map.of(),
                flags);
    }

    /** The command that runs the jar, without flags. */
    public static List<String> javaCommand() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-XX:CompileThresholdScaling=0.4",
                "-XX:MetaspaceSize=64m",
                "-XX:ReservedCodeCacheSize=128m",
                "-Xms24m",
                "-Xmn16m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=30",
                "-XX:-ShrinkHeapInSteps",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                Checkout.jar().toString());
    }

    private static Node start(
            List<String> program, Path folder, String config, Map<String, String> environment, String... flags) {
        return ready(launch(program, folder, config, environment, flags));
    }

    private static Node ready(Node node) {
        try {
            node.api.awaitReady(PATIENCE);
            return node;
        } catch (RuntimeException | Error e) {
            node.close();
            throw e;
        }
    }

    private static Node launch(
            List<String> program, Path folder, String config, Map<String, String> environment, String... flags) {
        Path file = folder.resolve("alertmanager.yml");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(program);
        command.add("--config.file=" + file);
        command.add("--storage.path=" + folder.resolve("data"));
        List<String> given = List.of(flags);
        if (given.stream().noneMatch(flag -> flag.startsWith("--web.listen-address"))) {
            command.add("--web.listen-address=127.0.0.1:0");
        }
        // nodes of one host would all take the same port; Alertmanager does not know the flag
        if (!program.getLast().endsWith("prometheus-alertmanager")
                && given.stream().noneMatch(flag -> flag.startsWith("--grpc.listen-address"))) {
            command.add("--grpc.listen-address=");
        }
        if (given.stream().noneMatch(flag -> flag.startsWith("--cluster.listen-address"))) {
            command.add("--cluster.listen-address=");
        }
        command.addAll(given);
        ServerProcess process = ServerProcess.start(folder, environment, command);
        try {
            String line = process.awaitLine(text -> ADDRESS.matcher(text).find(), PATIENCE);
            Matcher matcher = ADDRESS.matcher(line);
            if (!matcher.find()) {
                throw new IllegalStateException(line);
            }
            return new Node(process, new Api("http://" + matcher.group(1)));
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    /** Its HTTP interface. */
    public Api api() {
        return api;
    }

    /** Its process. */
    public ServerProcess process() {
        return process;
    }

    /** Sends SIGTERM and waits; returns the exit code. */
    public int stop() {
        process.terminate();
        return process.awaitExit(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        process.close();
    }
}
