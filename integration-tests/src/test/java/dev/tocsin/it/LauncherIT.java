package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Checkout;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code deploy/bin/tocsin}: finds a JDK, hands over the flags, lets signals through. */
class LauncherIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private ServerProcess launch(Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("bash", Checkout.launcher().toString()));
        command.addAll(List.of(arguments));
        return ServerProcess.start(folder, environment, command);
    }

    @Test
    void anUnfitJavaHomeIsPassedOver() throws IOException {
        Path old = folder.resolve("jdk-17");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 17\n");
        assertThat(old.resolve("bin/java").toFile().setExecutable(true)).isTrue();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        try (ServerProcess process = launch(Map.of("JAVA_HOME", old.toString()), "--version")) {
            assertThat(process.awaitExit(PATIENCE)).isZero();
            assertThat(process.output()).startsWith("alertmanager, version ");
        }
    }

    @Test
    void signalsReachTheNode() throws IOException {
        Files.writeString(folder.resolve("alertmanager.yml"), Configs.SILENT);
        try (ServerProcess process = launch(
                Map.of(),
                "--web.listen-address=127.0.0.1:0",
                "--cluster.listen-address=",
                "--grpc.listen-address=",
                "--storage.path=data")) {
            process.awaitLine(line -> line.contains("Listening on"), PATIENCE);
            process.terminate();
            assertThat(process.awaitExit(PATIENCE)).isZero();
            assertThat(process.errors()).contains("exiting gracefully");
        }
    }

    @Test
    void filesAreCheckedBeforeTheyAreUsed() throws IOException {
        Path good = Files.writeString(folder.resolve("good.yml"), Configs.SILENT);
        Path bad = Files.writeString(folder.resolve("bad.yml"), "route:\n  receiver: a\n  grup_by: [b]\n");
        try (ServerProcess fine = launch(Map.of(), "check-config", good.toString());
                ServerProcess wrong = launch(Map.of(), "check-config", good.toString(), bad.toString())) {
            assertThat(fine.awaitExit(PATIENCE)).isZero();
            assertThat(fine.output()).contains("SUCCESS", " - 1 receivers");
            assertThat(wrong.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(wrong.output())
                    .contains("FAILED: yaml: unmarshal errors:\n  line 3: field grup_by not found in type config.plain")
                    .contains("bad.yml:3:3")
                    .contains("group_by");
        }
    }

    @Test
    void aTakenPortIsSaidPlainly() throws IOException {
        Files.writeString(folder.resolve("alertmanager.yml"), Configs.SILENT);
        try (ServerProcess first = launch(
                Map.of(),
                "--web.listen-address=127.0.0.1:0",
                "--cluster.listen-address=",
                "--grpc.listen-address=",
                "--storage.path=a")) {
            String line = first.awaitLine(text -> text.contains("Listening on"), PATIENCE);
            String address = line.substring(line.indexOf("address=") + 8).trim();
            new Api("http://" + address).awaitReady(PATIENCE);
            try (ServerProcess second = launch(
                    Map.of(),
                    "--web.listen-address=" + address,
                    "--cluster.listen-address=",
                    "--grpc.listen-address=",
                    "--storage.path=b")) {
                assertThat(second.awaitExit(PATIENCE)).isEqualTo(1);
                assertThat(second.errors()).contains("Unable to listen").contains(address);
            }
        }
    }
}
