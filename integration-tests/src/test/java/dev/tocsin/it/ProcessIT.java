package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.ServerProcess;
import dev.tocsin.it.support.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process as scripts and service managers see it: arguments, exit codes, signals, log lines. */
class ProcessIT {
    @TempDir
    private Path folder;

    private ServerProcess run(String... arguments) {
        List<String> command = new ArrayList<>(Node.javaCommand());
        command.addAll(List.of(arguments));
        return ServerProcess.start(folder, Map.of(), command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--zzz|unknown long flag '--zzz'",
                "foo|unexpected foo",
                "--log.level=foo|unrecognized log level foo",
                "--data.retention=abc|time: invalid duration",
                "--config.file|expected argument for flag '--config.file'",
                "-x|unknown short flag '-x'"
            })
    void aCommandLineThatCannotBeUnderstoodEndsWithOneAndSaysWhy(String argument, String why) {
        try (ServerProcess process = run(argument)) {
            assertThat(process.awaitExit(Duration.ofSeconds(20))).isEqualTo(1);
            assertThat(process.errors()).contains("tocsin: error: " + why).contains(", try --help");
        }
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        try (ServerProcess help = run("--help");
                ServerProcess version = run("--version")) {
            assertThat(help.awaitExit(Duration.ofSeconds(20))).isZero();
            assertThat(help.output()).contains("--config.file", "--cluster.peer", "demo", "check-config", "template");
            assertThat(version.awaitExit(Duration.ofSeconds(20))).isZero();
            assertThat(version.output().lines()).hasSize(6);
            assertThat(version.output()).startsWith("alertmanager, version 0.34.0 (branch: ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--web.config.file=web.yml|open web.yml: no such file or directory",
                "--web.config.file=alertmanager.yml|field route not found in type web.Config",
                "--enable-feature=foo|unknown option 'foo' for --enable-feature",
                "--enable-feature=classic-mode,utf8-strict-mode|cannot have both classic and UTF-8 modes enabled",
                "--data.retention=0|data.retention",
                "--web.external-url=ftp://x|only 'http' and 'https' are supported"
            })
    void whatTheNodeMustNotStartWithIsRefused(String argument, String why) throws IOException {
        Files.writeString(folder.resolve("alertmanager.yml"), Configs.SILENT);
        try (ServerProcess process = run(argument, "--web.listen-address=127.0.0.1:0", "--cluster.listen-address=")) {
            assertThat(process.awaitExit(Duration.ofSeconds(20))).isEqualTo(1);
            assertThat(process.errors()).contains(why);
        }
    }

    @Test
    void aMissingConfigurationEndsTheProcess() {
        try (ServerProcess process = run("--web.listen-address=127.0.0.1:0", "--cluster.listen-address=")) {
            assertThat(process.awaitExit(Duration.ofSeconds(20))).isEqualTo(1);
            assertThat(process.errors())
                    .contains("Loading configuration file failed")
                    .contains("file=alertmanager.yml")
                    .contains("no such file or directory");
        }
    }

    @Test
    void termEndsWithZeroAndLeavesTheSnapshots() {
        try (Node node = Node.tocsin(folder, Configs.SILENT)) {
            assertThat(node.process().errors())
                    .contains("msg=\"Loading configuration file\"")
                    .contains("msg=\"Completed loading of configuration file\"")
                    .contains("msg=\"TLS is disabled.\"");
            node.api().silence("alertname", "x");
            assertThat(node.stop()).isZero();
            assertThat(folder.resolve("data/silences")).isNotEmptyFile();
            assertThat(folder.resolve("data/nflog")).exists();
        }
    }

    @Test
    void hupReloadsAndABadFileLeavesTheOldConfigurationInForce() throws IOException {
        try (Node node = Node.tocsin(folder, Configs.SILENT)) {
            Files.writeString(folder.resolve("alertmanager.yml"), Configs.SILENT.replace("nobody", "somebody"));
            node.process().signal("HUP");
            node.process()
                    .awaitLine(
                            line -> line.contains("Completed loading of configuration file")
                                    && node.api()
                                            .json("/api/v2/receivers")
                                            .toString()
                                            .contains("somebody"),
                            Duration.ofSeconds(10));
            Files.writeString(folder.resolve("alertmanager.yml"), "route: {receiver: gone}\n");
            assertThat(node.api().post("/-/reload", "").statusCode()).isEqualTo(500);
            assertThat(node.api().post("/-/reload", "").body())
                    .startsWith("failed to reload config: undefined receiver \"gone\" used in route");
            assertThat(node.api().json("/api/v2/receivers").toString()).contains("somebody");
            assertThat(node.api().get("/metrics").body()).contains("alertmanager_config_last_reload_successful 0");
        }
    }

    @Test
    void jsonLogsAreOneObjectALine() {
        try (Node node = Node.tocsin(folder, Configs.SILENT, "--log.format=json")) {
            node.process()
                    .errors()
                    .lines()
                    .forEach(line -> assertThat(Api.parse(line).hasNonNull("msg"))
                            .as(line)
                            .isTrue());
        }
    }

    @Test
    void aSecondProcessOnTheSameFolderIsRefused() {
        try (Node node = Node.tocsin(folder, Configs.SILENT);
                ServerProcess second = run(
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:0",
                        "--cluster.listen-address=")) {
            assertThat(second.awaitExit(Duration.ofSeconds(20))).isEqualTo(1);
            assertThat(second.errors()).contains("in use");
            assertThat(node.process().alive()).isTrue();
        }
    }

    @Test
    void aNodeWhosePeersDoNotAnswerIsNotReadyAtOnce() {
        try (Node node = Node.launchTocsin(
                List.of(),
                folder,
                Configs.SILENT,
                "--cluster.listen-address=127.0.0.1:0",
                "--cluster.peer=127.0.0.1:9")) {
            assertThat(node.api().get("/-/ready").statusCode()).isEqualTo(503);
            assertThat(node.api().get("/-/healthy").statusCode()).isEqualTo(200);
            assertThat(node.api().get("/metrics").body())
                    .contains("alertmanager_cluster_enabled 1")
                    .contains("alertmanager_cluster_members 1");
        }
    }

    @Test
    void aClusterThatWasMeantToBeClosedIsNotOpened() throws IOException {
        Files.writeString(folder.resolve("alertmanager.yml"), Configs.SILENT);
        try (ServerProcess process = run(
                "--cluster.tls-config=missing.yml",
                "--web.listen-address=127.0.0.1:0",
                "--cluster.listen-address=127.0.0.1:0")) {
            assertThat(process.awaitExit(Duration.ofSeconds(20))).isEqualTo(1);
            assertThat(process.errors()).contains("unable to initialize TLS transport configuration for gossip mesh");
        }
    }

    @Test
    void aRoutePrefixMovesEverything() {
        try (Sink sink = new Sink();
                ServerProcess process = prefixed(sink)) {
            String line = process.awaitLine(text -> text.contains("Listening on"), Duration.ofSeconds(20));
            String address = line.substring(line.indexOf("address=") + 8).trim();
            new Api("http://" + address + "/foo").awaitReady(Duration.ofSeconds(20));
            assertThat(new Api("http://" + address).get("/api/v2/status").statusCode())
                    .isEqualTo(404);
        }
    }

    private ServerProcess prefixed(Sink sink) {
        try {
            Files.writeString(folder.resolve("alertmanager.yml"), Configs.webhook(sink, "1s", "1s", "1h"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return run("--web.route-prefix", "/foo", "--web.listen-address", "127.0.0.1:0", "--cluster.listen-address=");
    }
}
