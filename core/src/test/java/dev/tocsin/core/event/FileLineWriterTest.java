package dev.tocsin.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLineWriterTest {
    @TempDir
    Path folder;

    private static EventLine line(String json) {
        return new EventLine("notification", json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void appendsOneLineForEachEvent() throws IOException {
        Path file = Files.writeString(folder.resolve("events.jsonl"), "old\n");
        try (FileLineWriter writer = new FileLineWriter(file)) {
            writer.write(line("{\"a\":1}"));
            writer.write(line("{\"a\":2}"));
        }
        assertThat(Files.readString(file)).isEqualTo("old\n{\"a\":1}\n{\"a\":2}\n");
    }

    @Test
    void whatItMakesOthersMayReadButNotWrite() throws IOException {
        Path file = folder.resolve("events.jsonl");
        try (FileLineWriter writer = new FileLineWriter(file)) {
            assertThat(writer.name()).isEqualTo("file:" + file);
        }
        assertThat(Files.getPosixFilePermissions(file))
                .contains(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
                .doesNotContain(
                        PosixFilePermission.GROUP_WRITE,
                        PosixFilePermission.OTHERS_WRITE,
                        PosixFilePermission.OWNER_EXECUTE);
    }

    @Test
    void afterARotationTheNextEventOpensANewFile() throws IOException {
        Path file = folder.resolve("events.jsonl");
        Path rotated = folder.resolve("events.jsonl.1");
        try (FileLineWriter writer = new FileLineWriter(file)) {
            writer.write(line("1"));
            Files.move(file, rotated);
            writer.write(line("2"));
            Files.delete(file);
            writer.write(line("3"));
            Files.delete(file);
            Files.createFile(file);
            writer.write(line("4"));
        }
        assertThat(Files.readString(rotated)).isEqualTo("1\n");
        assertThat(Files.readString(file)).isEqualTo("4\n");
    }

    @Test
    void aFolderThatIsGoneFailsUntilItIsBack() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path file = inner.resolve("events.jsonl");
        try (FileLineWriter writer = new FileLineWriter(file)) {
            Files.delete(file);
            Files.delete(inner);
            assertThatThrownBy(() -> writer.write(line("lost"))).isInstanceOf(IOException.class);
            Files.createDirectory(inner);
            writer.write(line("kept"));
        }
        assertThat(Files.readString(file)).isEqualTo("kept\n");
    }

    @Test
    void afterALineThatWasCutOffTheNextOneBeginsAfresh() throws IOException {
        Path file = Files.writeString(folder.resolve("events.jsonl"), "{\"a\":1}\n{\"a\":");
        try (FileLineWriter writer = new FileLineWriter(file)) {
            writer.write(line("2"));
            writer.write(line("3"));
        }
        assertThat(Files.readString(file)).isEqualTo("{\"a\":1}\n{\"a\":\n2\n3\n");
    }
}
