package dev.tocsin.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.runtime.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime(START);
    private Path path = Path.of("");
    private WatchedFile file = new WatchedFile(path, time);

    @BeforeEach
    void open() throws IOException {
        path = folder.resolve("web.yml");
        file = new WatchedFile(path, time);
        write("one", START);
    }

    private void write(String text, Instant modified) throws IOException {
        Files.writeString(path, text);
        Files.setLastModifiedTime(path, FileTime.from(modified));
    }

    private @Nullable String changed() throws WebConfigException {
        byte[] content = file.changed();
        return content == null ? null : new String(content, StandardCharsets.UTF_8);
    }

    @Test
    void theFirstLookSeesAChangeAndTheNextOneNone() throws Exception {
        assertThat(changed()).isEqualTo("one");
        assertThat(changed()).isNull();
    }

    @Test
    void aChangeWithinOneTickOfTheClockIsSeen() throws Exception {
        assertThat(changed()).isEqualTo("one");
        write("two", START);
        assertThat(changed()).isEqualTo("two");
        time.advance(Duration.ofSeconds(2));
        write("six", START);
        assertThat(changed()).isEqualTo("six");
    }

    @Test
    void aFileThatRestsIsNotReadAgain() throws Exception {
        assertThat(changed()).isEqualTo("one");
        time.advance(Duration.ofSeconds(4));
        assertThat(changed()).isNull();
        write("two", START); // somebody who turns clocks back is not believed to exist
        assertThat(changed()).isNull();
        write("two", START.plusMillis(1));
        assertThat(changed()).isEqualTo("two");
    }

    @Test
    void anotherFileInItsPlaceIsSeenEvenWithTheSameTimeAndLength() throws Exception {
        assertThat(changed()).isEqualTo("one");
        time.advance(Duration.ofSeconds(4));
        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, FileTime.from(START));
        Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
        assertThat(changed()).isEqualTo("two");
    }

    @Test
    void aFileThatIsGoneSaysSoEachTimeAndIsSeenWhenItComesBack() throws Exception {
        assertThat(changed()).isEqualTo("one");
        Files.delete(path);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::changed)
                    .isInstanceOf(WebConfigException.class)
                    .hasMessage("open " + path + ": no such file or directory");
        }
        write("one", START);
        assertThat(changed()).isEqualTo("one");
    }

    @Test
    void aFolderAndAGiantAreRefused() throws Exception {
        WatchedFile other = new WatchedFile(folder, time);
        assertThatThrownBy(other::changed).hasMessage("read " + folder + ": is a directory");
        Files.write(path, new byte[(4 << 20) + 1]);
        assertThatThrownBy(this::changed).hasMessageEndingWith("larger than 4 MiB");
    }
}
