package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Checkout;
import dev.tocsin.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody has built yet: the launcher builds it by itself. */
class FreshCheckoutIT {
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final List<String> MODULES = List.of("core", "cluster", "notifiers", "api", "deploy");

    @TempDir
    private Path fresh;

    /** Of {@code from} below the checkout. */
    private void copy(String from) throws IOException {
        Path top = Checkout.top();
        try (Stream<Path> files = Files.walk(top.resolve(from))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = fresh.resolve(top.relativize(file));
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                Files.copy(file, copy);
                assertThat(copy.toFile().setExecutable(Files.isExecutable(file)))
                        .isTrue();
            }
        }
    }

    @Test
    void theLauncherBuildsWhatItStarts() throws IOException {
        copy("pom.xml");
        copy("integration-tests/pom.xml");
        copy("deploy/bin");
        for (String module : MODULES) {
            copy(module + "/pom.xml");
            copy(module + "/src/main");
        }

        List<String> version =
                List.of("bash", fresh.resolve("deploy/bin/tocsin").toString(), "--version");
        try (ServerProcess process = ServerProcess.start(fresh, Map.of(), version)) {
            assertThat(process.awaitExit(PATIENCE)).as(process::errors).isZero();
            assertThat(process.errors()).contains("building");
            assertThat(process.output()).startsWith("alertmanager, version ");
        }
        assertThat(fresh.resolve("deploy/target/tocsin.aot")).isNotEmptyFile();
        try (ServerProcess process = ServerProcess.start(fresh, Map.of(), version)) {
            assertThat(process.awaitExit(PATIENCE)).isZero();
            assertThat(process.errors()).doesNotContain("building");
        }
    }
}
