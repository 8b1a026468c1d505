package dev.tocsin.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.Storage.Durability;
import dev.tocsin.core.storage.Storage.RecordLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every storage does, whatever its disk. */
abstract class StorageContract {
    final VirtualTime time = new VirtualTime();

    /** Opens the storage; again after a close: with what it had. */
    abstract Storage open() throws IOException;

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<String> read(Storage storage, String log) throws IOException {
        List<String> records = new ArrayList<>();
        storage.openLog(log, record -> records.add(new String(record, StandardCharsets.UTF_8)))
                .close();
        return records;
    }

    @Test
    void recordsComeBackInTheirOrder() throws IOException {
        List<String> written = new ArrayList<>();
        try (Storage storage = open()) {
            RecordLog log = storage.openLog("a", record -> {});
            for (int i = 0; i < 1000; i++) {
                written.add("record " + i + "x".repeat(i));
                log.append(bytes(written.getLast()), i % 3 == 0 ? Durability.SYNCED : Durability.WRITTEN, e -> {});
                if (i % 7 == 0) {
                    time.settle();
                }
            }
        }
        try (Storage storage = open()) {
            assertThat(read(storage, "a")).isEqualTo(written);
        }
    }

    @Test
    void callbacksRunOnTheLoopInOrderWithoutError() throws IOException {
        List<String> told = new ArrayList<>();
        try (Storage storage = open()) {
            RecordLog log = storage.openLog("a", record -> {});
            for (int i = 0; i < 3; i++) {
                int number = i;
                log.append(bytes("r" + i), Durability.SYNCED, e -> told.add(number + " " + e + time.isCurrent()));
            }
            assertThat(told).isEmpty();
            time.settle();
            assertThat(told).containsExactly("0 nulltrue", "1 nulltrue", "2 nulltrue");
        }
    }

    @Test
    void logsOfOneStorageAreApart() throws IOException {
        try (Storage storage = open()) {
            RecordLog a = storage.openLog("a", record -> {});
            RecordLog b = storage.openLog("b", record -> {});
            a.append(bytes("1"), Durability.WRITTEN, e -> {});
            b.append(bytes("2"), Durability.WRITTEN, e -> {});
            time.settle();
        }
        try (Storage storage = open()) {
            assertThat(read(storage, "a")).containsExactly("1");
            assertThat(read(storage, "b")).containsExactly("2");
        }
    }

    @Test
    void recordsOfAllSizesSurvive() throws IOException {
        Random random = new Random(7);
        List<byte[]> written = new ArrayList<>();
        for (int size : new int[] {1, 255, 256, 65_536, 262_144, 300_000, 1_048_576, 3_000_000, 2}) {
            byte[] record = new byte[size];
            random.nextBytes(record);
            written.add(record);
        }
        try (Storage storage = open()) {
            RecordLog log = storage.openLog("a", record -> {});
            written.forEach(record -> log.append(record, Durability.WRITTEN, e -> {}));
            time.settle();
        }
        List<byte[]> found = new ArrayList<>();
        try (Storage storage = open()) {
            storage.openLog("a", found::add);
        }
        assertThat(found).usingElementComparator(Arrays::compare).isEqualTo(written);
    }

    @Test
    void recordsThatCannotBeKeptAreRefusedAndCostNothingElse() throws IOException {
        List<String> errors = new ArrayList<>();
        try (Storage storage = open()) {
            RecordLog log = storage.openLog("a", record -> {});
            log.append(new byte[0], Durability.WRITTEN, e -> errors.add(String.valueOf(e)));
            log.append(new byte[Frames.MAX_RECORD + 1], Durability.WRITTEN, e -> errors.add(String.valueOf(e)));
            log.append(bytes("good"), Durability.WRITTEN, e -> errors.add(String.valueOf(e)));
            time.settle();
        }
        assertThat(errors).hasSize(3);
        assertThat(errors.get(0)).contains("a record of 0 bytes cannot be kept");
        assertThat(errors.get(1)).contains("a record of 16777217 bytes cannot be kept");
        assertThat(errors.get(2)).isEqualTo("null");
        try (Storage storage = open()) {
            assertThat(read(storage, "a")).containsExactly("good");
        }
    }

    @Test
    void aRewriteKeepsWhatIsAppendedMeanwhile() throws IOException {
        List<String> told = new ArrayList<>();
        List<byte[]> live = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            String text = "live " + i + "y".repeat(1000);
            live.add(bytes(text));
            expected.add(text);
        }
        try (Storage storage = open()) {
            RecordLog log = storage.openLog("a", record -> {});
            log.append(bytes("old 1"), Durability.WRITTEN, e -> {});
            time.settle();
            log.append(bytes("old 2"), Durability.WRITTEN, e -> {});
            log.rewrite(live, e -> told.add("rewritten " + e));
            for (int i = 0; i < 50; i++) {
                int number = i;
                expected.add("later " + i);
                time.schedule(
                        Duration.ZERO,
                        () -> log.append(
                                bytes("later " + number), Durability.WRITTEN, e -> told.add(number + " " + e)));
            }
            time.settle();
            assertThat(told).hasSize(51).contains("rewritten null");
            assertThat(told.indexOf("rewritten null")).isGreaterThan(0);
            assertThat(log.sizeBytes()).isLessThan(50 * 30);
        }
        try (Storage storage = open()) {
            assertThat(read(storage, "a")).isEqualTo(expected);
        }
    }

    @Test
    void aRewriteThatFailsLeavesTheLogAsItWas() throws IOException {
        List<String> told = new ArrayList<>();
        try (Storage storage = open()) {
            RecordLog log = storage.openLog("a", record -> {});
            log.append(bytes("kept"), Durability.WRITTEN, e -> {});
            log.rewrite(
                    () -> {
                        throw new IllegalStateException("no records to be had");
                    },
                    e -> told.add(String.valueOf(e)));
            log.append(bytes("later"), Durability.WRITTEN, e -> {});
            time.settle();
            log.rewrite(List.of(new byte[0]), e -> told.add(String.valueOf(e)));
            time.settle();
        }
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).contains("no records to be had");
        try (Storage storage = open()) {
            assertThat(read(storage, "a")).containsExactly("kept", "later");
        }
    }

    @Test
    void sizeTellsWhenARewriteIsDue() throws IOException {
        try (Storage storage = open()) {
            RecordLog log = storage.openLog("a", record -> {});
            assertThat(log.sizeBytes()).isZero();
            log.append(new byte[100], Durability.WRITTEN, e -> {});
            assertThat(log.sizeBytes()).isEqualTo(109);
            log.rewrite(List.of(new byte[10]), e -> {});
            log.append(new byte[1], Durability.WRITTEN, e -> {});
            time.settle();
            assertThat(log.sizeBytes()).isEqualTo(10);
        }
    }

    @Test
    void filesAreReplacedWhole() throws IOException {
        try (Storage storage = open()) {
            assertThat(storage.readFile("silences")).isNull();
            storage.writeFile("silences", bytes("long content"));
            storage.writeFile("silences", bytes("short"));
            storage.writeFile("empty", new byte[0]);
        }
        try (Storage storage = open()) {
            assertThat(storage.readFile("silences")).isEqualTo(bytes("short"));
            assertThat(storage.readFile("empty")).isEmpty();
        }
    }

    @Test
    void aClosedLogRefuses() throws IOException {
        List<String> told = new ArrayList<>();
        Storage storage = open();
        RecordLog log = storage.openLog("a", record -> {});
        storage.close();
        log.append(bytes("late"), Durability.WRITTEN, e -> told.add(String.valueOf(e)));
        log.rewrite(List.of(), e -> told.add(String.valueOf(e)));
        log.close();
        time.settle();
        assertThat(told).hasSize(2).allMatch(text -> text.endsWith("a.log is closed"));
        try (Storage next = open()) {
            assertThat(read(next, "a")).isEmpty();
        }
    }
}
