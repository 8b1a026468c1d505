package dev.tocsin.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OwnSnapshotsTest {
    private final VirtualTime time = new VirtualTime();
    private final MemoryStorage storage = new MemoryStorage(time);

    private static byte[] snapshot(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theLatestTwoAreKnownAlsoAfterARestart() throws IOException {
        for (String content : new String[] {"one", "two", "three"}) {
            new OwnSnapshots(storage).aboutToWrite(snapshot(content));
        }
        OwnSnapshots restarted = new OwnSnapshots(storage.kill());

        assertThat(restarted.wrote(snapshot("three"))).isTrue();
        assertThat(restarted.wrote(snapshot("two"))).isTrue();
        assertThat(restarted.wrote(snapshot("one"))).isFalse();
    }

    @Test
    void whatAnotherProgramWroteIsNotOurs() throws IOException {
        assertThat(new OwnSnapshots(storage).wrote(snapshot("theirs"))).isFalse();
        new OwnSnapshots(storage).aboutToWrite(snapshot("ours"));
        assertThat(new OwnSnapshots(storage).wrote(snapshot("theirs"))).isFalse();
    }

    @Test
    void aDamagedFileMakesNothingOurs() throws IOException {
        storage.put(OwnSnapshots.FILE, new byte[] {1, 2, 3});
        assertThat(new OwnSnapshots(storage).wrote(snapshot("ours"))).isFalse();
        new OwnSnapshots(storage).aboutToWrite(snapshot("ours"));
        assertThat(new OwnSnapshots(storage).wrote(snapshot("ours"))).isTrue();
    }
}
