package dev.tocsin.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.storage.Storage.Durability;
import dev.tocsin.core.storage.Storage.RecordLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The storage on the file system. */
class FileStorageTest extends StorageContract {
    @TempDir
    Path folder;

    @Override
    Storage open() throws IOException {
        return new FileStorage(folder.resolve("a/b"), time::execute, time, new Metrics(new MetricRegistry()));
    }

    @Test
    void theFolderIsCreatedWithItsParents() throws IOException {
        open().close();
        assertThat(folder.resolve("a/b")).isDirectory();
    }

    @Test
    void aFolderInUseIsRefusedWithTheProcessThatUsesIt() throws IOException {
        Storage first = open();
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessage("the storage folder " + folder.resolve("a/b") + " is in use by process "
                        + ProcessHandle.current().pid() + "; each node needs a folder of its own");
        first.close();
        open().close();
    }

    @Test
    void aFolderThatCannotBeIsRefused() throws IOException {
        Files.writeString(folder.resolve("a"), "a file");
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot create the storage folder " + folder.resolve("a/b"));
    }

    @Test
    void noTemporaryFileIsLeftBehind() throws IOException {
        try (Storage storage = open()) {
            RecordLog log = storage.openLog("silences", record -> {});
            log.append(bytes("1"), Durability.SYNCED, e -> {});
            log.rewrite(List.of(bytes("2")), e -> {});
            storage.writeFile("silences", bytes("3"));
            time.settle();
        }
        try (Stream<Path> files = Files.list(folder.resolve("a/b"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("silences", "silences.log", "tocsin.lock");
        }
    }

    @Test
    void theLastRecordCutShortIsDropped() throws IOException {
        try (Storage storage = open()) {
            RecordLog log = storage.openLog("a", record -> {});
            log.append(bytes("whole"), Durability.WRITTEN, e -> {});
            log.append(bytes("cut"), Durability.WRITTEN, e -> {});
            time.settle();
        }
        Path file = folder.resolve("a/b/a.log");
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length - Frames.OVERHEAD - 1));
        try (Storage storage = open()) {
            assertThat(read(storage, "a")).containsExactly("whole");
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesTheKillOfTheProcess() throws IOException, InterruptedException {
        Path data = folder.resolve("killed");
        for (int round = 0; round < 2; round++) {
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            RecordWriter.class.getName(),
                            data.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            List<Long> acknowledged = new ArrayList<>();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = out.readLine();
                while (line != null) {
                    acknowledged.add(Long.valueOf(line));
                    if (acknowledged.size() == 300) {
                        process.toHandle().destroyForcibly();
                    }
                    line = out.readLine();
                }
            }
            process.waitFor();
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(300);
            List<Long> found = new ArrayList<>();
            try (Storage storage = new FileStorage(data, time::execute, time, new Metrics(new MetricRegistry()))) {
                storage.openLog("a", record -> found.add(RecordWriter.number(record)));
            }
            assertThat(found).isSorted().doesNotHaveDuplicates().containsAll(acknowledged);
        }
    }
}
