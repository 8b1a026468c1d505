package dev.tocsin.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplicaTest {
    private final VirtualTime time = new VirtualTime();
    private MemoryStorage storage = new MemoryStorage(time);

    private Replica start(long seed) throws IOException {
        return new Replica(storage, time, new Random(seed), time);
    }

    @Test
    void theIdLivesWithTheFolderAndEachStartHasAHigherNumber() throws IOException {
        Replica first = start(1);
        storage = storage.crash();
        Replica second = start(2);

        assertThat(second.id()).isEqualTo(first.id()).isNotEqualTo(LogEntry.FOREIGN);
        assertThat(second.incarnation()).isGreaterThan(first.incarnation());
    }

    @Test
    void aRestoredBackupDoesNotGiveAgainWhatWasGivenAfterIt() throws IOException {
        start(1);
        MemoryStorage backup = storage.copy();
        storage = storage.crash();
        Replica later = start(1);
        long given = 0;
        for (int i = 0; i < 5000; i++) {
            given = later.nextClaim().counter();
            time.settle();
        }
        time.advance(Duration.ofSeconds(10));
        storage = backup;

        Replica restored = start(1);

        assertThat(restored.id()).isEqualTo(later.id());
        assertThat(restored.incarnation()).isGreaterThan(later.incarnation());
        assertThat(restored.nextClaim().counter()).isGreaterThan(given);
    }

    @Test
    void anEmptyFolderMakesAnotherNode() throws IOException {
        Replica first = start(1);
        storage = new MemoryStorage(time);

        assertThat(start(2).id()).isNotEqualTo(first.id());
    }

    @Test
    void noCounterIsGivenTwiceHoweverManyAreTakenBetweenCrashes() throws IOException {
        Set<Long> given = new HashSet<>();
        for (int taken : new int[] {0, 1, 511, 512, 513, 1024, 5000}) {
            Replica replica = start(1);
            for (int i = 0; i < taken; i++) {
                assertThat(given.add(replica.nextClaim().counter())).isTrue();
                if (i % 100 == 0) {
                    time.settle();
                }
            }
            storage = storage.crash();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenMakesAnIdForThisRunOnly() throws IOException {
        Replica known = start(1);
        storage = storage.crash();
        storage.failWith("Read-only file system");

        Replica unknown = start(2);

        assertThat(unknown.id()).isNotEqualTo(known.id());
        assertThat(unknown.nextClaim().node()).isEqualTo(unknown.id());
    }

    @Test
    void aDamagedFileStopsTheStartAndSaysWhatToDo() {
        storage.put(Replica.FILE, new byte[] {1, 2, 3});

        assertThatThrownBy(() -> start(1)).isInstanceOf(IOException.class).hasMessageContaining("remove it");
    }
}
