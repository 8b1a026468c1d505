package dev.tocsin.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.storage.Storage.Durability;
import dev.tocsin.core.storage.Storage.RecordLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The storage on a disk that dies, fills up and lies. */
class MemoryStorageTest extends StorageContract {
    private MemoryStorage storage = new MemoryStorage(time);
    private final List<String> told = new ArrayList<>();

    @Override
    Storage open() {
        storage = storage.kill();
        return storage;
    }

    private void append(RecordLog log, String text, Durability durability) {
        log.append(bytes(text), durability, e -> told.add(text + (e == null ? " ok" : " " + e.getMessage())));
    }

    private double errors() {
        return storage.metrics()
                .counter("tocsin_storage_errors_total", "", "log")
                .labels("a")
                .value();
    }

    private double healthy() {
        return storage.metrics().gauge("tocsin_storage_healthy", "").labels().value();
    }

    @Test
    void whatIsWrittenSurvivesTheProcessAndWhatIsSyncedSurvivesThePower() throws IOException {
        RecordLog log = storage.openLog("a", record -> {});
        append(log, "synced", Durability.SYNCED);
        time.settle();
        append(log, "written", Durability.WRITTEN);
        time.settle();
        append(log, "waiting", Durability.WRITTEN);
        assertThat(told).containsExactly("synced ok", "written ok");
        storage = storage.kill();
        time.settle();
        assertThat(told).hasSize(2);
        RecordLog next = storage.openLog("a", record -> told.add("read"));
        assertThat(told).hasSize(4);
        append(next, "unsynced", Durability.WRITTEN);
        time.settle();
        storage = storage.crash();
        assertThat(read(storage, "a")).containsExactly("synced", "written");
    }

    @Test
    void whatIsWrittenIsSyncedWithinASecond() throws IOException {
        RecordLog log = storage.openLog("a", record -> {});
        append(log, "one", Durability.WRITTEN);
        time.advance(Duration.ofMillis(500));
        append(log, "two", Durability.WRITTEN);
        time.advance(Duration.ofMillis(500));
        append(log, "three", Durability.WRITTEN);
        time.settle();
        storage = storage.crash();
        assertThat(read(storage, "a")).containsExactly("one", "two");
    }

    @Test
    void aTornEndIsCutAtEveryPossibleByte() throws IOException {
        for (int torn = 0; torn < 60; torn++) {
            storage = new MemoryStorage(time);
            RecordLog log = storage.openLog("a", record -> {});
            append(log, "safe", Durability.SYNCED);
            time.settle();
            append(log, "first unsynced", Durability.WRITTEN);
            append(log, "second", Durability.WRITTEN);
            time.settle();
            storage = storage.crash(torn);
            List<String> found = read(storage, "a");
            assertThat(found).startsWith("safe").hasSize(torn < 32 ? 1 : torn < 47 ? 2 : 3);
            RecordLog next = storage.openLog("a", record -> {});
            append(next, "new", Durability.SYNCED);
            time.settle();
            storage = storage.crash();
            assertThat(read(storage, "a")).startsWith("safe").endsWith("new").hasSize(found.size() + 1);
        }
    }

    @Test
    void anEndOfZerosIsTorn() throws IOException {
        RecordLog log = storage.openLog("a", record -> {});
        append(log, "safe", Durability.SYNCED);
        time.settle();
        storage = storage.kill();
        byte[] content = storage.disk().content("a.log");
        storage.disk().put("a.log", Arrays.copyOf(content, content.length + 5000));
        assertThat(read(storage, "a")).containsExactly("safe");
    }

    @Test
    void pagesOfAnUnsyncedEndMayArriveInAnyOrder() throws IOException {
        RecordLog log = storage.openLog("a", record -> {});
        append(log, "safe", Durability.SYNCED);
        time.settle();
        int saved = storage.disk().content("a.log").length;
        append(log, "lost page", Durability.WRITTEN);
        append(log, "page that arrived", Durability.WRITTEN);
        time.settle();
        byte[] content = storage.disk().content("a.log");
        Arrays.fill(content, saved, saved + 20, (byte) 0);
        storage = storage.kill();
        storage.disk().put("a.log", content);
        assertThat(read(storage, "a")).containsExactly("safe");
    }

    @Test
    void damageBeforeSomethingSavedStopsTheStartAtEveryPossibleByte() throws IOException {
        RecordLog log = storage.openLog("a", record -> {});
        append(log, "first", Durability.SYNCED);
        time.settle();
        append(log, "second", Durability.SYNCED);
        time.settle();
        append(log, "third", Durability.WRITTEN);
        time.settle();
        byte[] content = storage.disk().content("a.log");
        int second = Frames.HEADER.length + 14;
        storage = storage.kill();
        for (int at = Frames.HEADER.length; at < second + 9 + 15; at++) {
            byte[] damaged = content.clone();
            damaged[at] ^= 0x40;
            storage.disk().put("a.log", damaged);
            assertThatThrownBy(() -> read(storage, "a"))
                    .as("damage at %d", at)
                    .isInstanceOf(Storage.CorruptLogException.class)
                    .hasMessageContaining("memory/a.log is damaged at offset ")
                    .hasMessageContaining("restore the file from a backup");
        }
    }

    @Test
    void aForeignFileIsNotTakenForALog() {
        storage.disk().put("a.log", bytes("TOCSINL9 from the future"));
        assertThatThrownBy(() -> read(storage, "a"))
                .isInstanceOf(Storage.CorruptLogException.class)
                .hasMessageContaining("memory/a.log (24 bytes) is not a log of this version of Tocsin");
    }

    @Test
    void damagedFilesNeverBreakTheReader() {
        Random random = new Random(11);
        for (int round = 0; round < 100; round++) {
            byte[] content = new byte[random.nextInt(200)];
            random.nextBytes(content);
            if (random.nextInt(4) > 0) {
                content = Arrays.copyOf(Frames.HEADER, Frames.HEADER.length + content.length);
                for (int i = Frames.HEADER.length; i < content.length; i++) {
                    content[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
                }
            }
            storage.disk().put("a.log", content);
            try {
                assertThat(read(storage, "a")).isEmpty();
            } catch (IOException e) {
                assertThat(e).isInstanceOf(Storage.CorruptLogException.class);
            }
        }
    }

    @Test
    void aFullDiskIsToldToEachAppendAndLosesNothingOnceThereIsRoom() throws IOException {
        RecordLog log = storage.openLog("a", record -> {});
        append(log, "before", Durability.SYNCED);
        time.settle();
        assertThat(healthy()).isEqualTo(1);
        storage.room(storage.disk().content("a.log").length + 25);
        append(log, "this one has no room at all", Durability.WRITTEN);
        append(log, "nor this", Durability.SYNCED);
        time.settle();
        append(log, "and this hears at once", Durability.WRITTEN);
        time.settle();
        assertThat(told)
                .containsExactly(
                        "before ok",
                        "this one has no room at all No space left on device",
                        "nor this No space left on device",
                        "and this hears at once No space left on device");
        assertThat(healthy()).isZero();
        assertThat(errors()).isEqualTo(1);
        time.advance(Duration.ofSeconds(3));
        assertThat(errors()).isEqualTo(4);
        storage.room(Long.MAX_VALUE);
        time.advance(Duration.ofSeconds(1));
        assertThat(healthy()).isEqualTo(1);
        append(log, "after", Durability.SYNCED);
        time.settle();
        assertThat(told).endsWith("after ok").hasSize(5);
        storage = storage.crash();
        assertThat(read(storage, "a"))
                .containsExactly(
                        "before", "this one has no room at all", "nor this", "and this hears at once", "after");
    }

    @Test
    void aProcessThatDiesOnAFullDiskLeavesAWholeLog() throws IOException {
        RecordLog log = storage.openLog("a", record -> {});
        append(log, "before", Durability.SYNCED);
        time.settle();
        storage.room(storage.disk().content("a.log").length + 30);
        append(log, "no room for so many bytes here", Durability.SYNCED);
        time.settle();
        storage = storage.kill();
        assertThat(read(storage, "a")).containsExactly("before");
    }

    @Test
    void aFailedSyncIsNotForgotten() throws IOException {
        RecordLog log = storage.openLog("a", record -> {});
        storage.disk().failSyncsWith(new IOException("Input/output error"));
        append(log, "written", Durability.WRITTEN);
        append(log, "synced", Durability.SYNCED);
        time.settle();
        assertThat(told).containsExactly("written ok", "synced Input/output error");
        assertThat(healthy()).isZero();
        storage.disk().failSyncsWith(null);
        time.advance(Duration.ofSeconds(1));
        assertThat(healthy()).isEqualTo(1);
        storage = storage.crash();
        assertThat(read(storage, "a")).containsExactly("written", "synced");
    }

    @Test
    void aReadOnlyDiskIsSurvived() throws IOException {
        RecordLog log = storage.openLog("a", record -> {});
        storage.failWith("Read-only file system");
        for (int i = 0; i < 100; i++) {
            append(log, "r" + i, Durability.WRITTEN);
            time.advance(Duration.ofMillis(100));
        }
        assertThat(told).hasSize(100).allMatch(text -> text.endsWith("Read-only file system"));
        storage.failWith(null);
        time.advance(Duration.ofSeconds(1));
        storage = storage.crash();
        assertThat(read(storage, "a")).hasSize(100).startsWith("r0", "r1").endsWith("r98", "r99");
    }

    @Test
    void whatWaitsForADiskIsBounded() throws IOException {
        RecordLog log = storage.openLog("a", record -> {});
        storage.failWith("Read-only file system");
        byte[] large = new byte[Frames.MAX_RECORD];
        for (int i = 0; i < 6; i++) {
            log.append(large, Durability.WRITTEN, e -> told.add(String.valueOf(e)));
            time.settle();
        }
        assertThat(told).hasSize(6);
        assertThat(told.getLast()).contains("67108864 bytes wait for memory/a.log, there is no room for more");
        assertThat(storage.metrics()
                        .counter("tocsin_storage_dropped_records_total", "", "log")
                        .labels("a")
                        .value())
                .isEqualTo(2);
    }

    @Test
    void aCrashDuringARewriteFindsTheOldOrTheNewLogWithAllThatWasSynced() throws IOException {
        List<byte[]> live = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            live.add(bytes("live" + "z".repeat(1000)));
        }
        int old = 0;
        int rewritten = 0;
        for (int steps = 0; steps < 14; steps++) {
            storage = new MemoryStorage(time);
            told.clear();
            RecordLog log = storage.openLog("a", record -> {});
            append(log, "old", Durability.SYNCED);
            time.settle();
            log.rewrite(live, e -> told.add("rewritten"));
            for (int i = 0; i < steps; i++) {
                append(log, "later " + i, Durability.SYNCED);
                int number = i;
                int last = steps - 1;
                time.execute(() -> time.execute(() -> {
                    if (number == last) {
                        storage = storage.crash();
                    }
                }));
            }
            time.settle();
            List<String> found = read(storage, "a");
            List<String> tail =
                    found.stream().filter(text -> text.startsWith("later")).toList();
            assertThat(tail)
                    .hasSizeGreaterThanOrEqualTo((int) told.stream()
                                    .filter(text -> text.endsWith(" ok"))
                                    .count()
                            - 1);
            if (found.getFirst().equals("old")) {
                old++;
                assertThat(found).hasSize(1 + tail.size());
            } else {
                rewritten++;
                assertThat(found).hasSize(3000 + tail.size());
            }
        }
        assertThat(old + rewritten).isEqualTo(14);
        assertThat(old).isPositive();
        assertThat(rewritten).isPositive();
    }

    @Test
    void aRewriteOnAFullDiskLeavesNoTrace() throws IOException {
        RecordLog log = storage.openLog("a", record -> {});
        append(log, "old", Durability.SYNCED);
        time.settle();
        storage.room(storage.disk().content("a.log").length + 100);
        log.rewrite(List.of(new byte[1000]), e -> told.add("rewrite: " + e));
        time.settle();
        assertThat(told).endsWith("rewrite: java.io.IOException: No space left on device");
        assertThat(storage.disk().exists("a.log.new")).isFalse();
        append(log, "new", Durability.SYNCED);
        time.settle();
        storage = storage.crash();
        assertThat(read(storage, "a")).containsExactly("old", "new");
    }

    @Test
    void aFileThatCannotBeWrittenKeepsItsOldContent() throws IOException {
        storage.writeFile("silences", bytes("old"));
        storage.room(10);
        assertThatThrownBy(() -> storage.writeFile("silences", bytes("much longer than ten")))
                .hasMessage("No space left on device");
        storage = storage.crash();
        assertThat(storage.readFile("silences")).isEqualTo(bytes("old"));
    }
}
