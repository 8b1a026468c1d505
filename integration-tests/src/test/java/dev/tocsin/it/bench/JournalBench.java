package dev.tocsin.it.bench;

import dev.tocsin.core.journal.file.JournalBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link JournalBenchmark} with the other measurements. It prints the figures. */
@Tag("bench")
class JournalBench {
    @TempDir
    private Path folder;

    @Test
    void writesAndSearches() throws IOException {
        JournalBenchmark.main(new String[] {folder.toString()});
    }
}
