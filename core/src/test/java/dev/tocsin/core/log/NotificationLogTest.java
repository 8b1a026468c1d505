package dev.tocsin.core.log;

import static dev.tocsin.core.log.Entries.KEY;
import static dev.tocsin.core.log.Entries.claim;
import static dev.tocsin.core.log.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.ReceiverValue;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.snapshot.NotificationLogSnapshot;
import dev.tocsin.core.snapshot.NotificationLogSnapshot.Notified;
import dev.tocsin.core.storage.MemoryStorage;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotificationLogTest {
    private final VirtualTime time = new VirtualTime(Entries.NOW);
    private MemoryStorage storage = new MemoryStorage(time);
    private NotificationLog log;

    NotificationLogTest() throws IOException {
        log = open();
    }

    private NotificationLog open() throws IOException {
        return new NotificationLog(storage, time, new LogMetrics(new Metrics(new MetricRegistry())));
    }

    private void kill() throws IOException {
        time.settle();
        storage = storage.kill();
        log = open();
    }

    private static VersionVector version(long node, long counter) {
        return VersionVector.EMPTY.with(node, counter);
    }

    @Test
    void everythingThatIsKnownOfAKeySurvivesADeath() throws IOException {
        LogEntry told = new LogEntry(
                KEY,
                1L << 40,
                version(-5, 3).with(7, 9),
                AlertHashes.of(-1, 0, Long.MIN_VALUE, Long.MAX_VALUE),
                AlertHashes.of(4),
                Map.of(
                        "text", new ReceiverValue.Text("é\n"),
                        "empty", new ReceiverValue.Text(""),
                        "whole", new ReceiverValue.Whole(Long.MIN_VALUE),
                        "real", new ReceiverValue.Real(0.1)),
                Entries.NOW,
                Entries.NOW.plus(Duration.ofDays(1)),
                -5,
                true);
        ClaimContent lost = claim(new ClaimId(-5, 2, 4), 1L << 41, told.version(), "ab", "c", Entries.NOW);
        ClaimContent open = claim(new ClaimId(-5, 2, 5), 1L << 41, told.version(), "abc", "", Entries.NOW);
        ClaimContent nothing = claim(new ClaimId(-5, 2, 6), 1L << 41, told.version(), "x", "", Entries.NOW);
        log.record(told);
        for (ClaimContent intent : List.of(lost, open, nothing)) {
            log.intend(intent, () -> {});
        }
        log.abandon(lost);
        log.withdraw(nothing);
        KeyState before = log.query(KEY);
        assertThat(before.intents()).containsExactly(open);

        kill();

        assertThat(log.query(KEY).heads()).containsExactly(told);
        assertThat(log.query(KEY).maybes()).containsExactly(lost, open);
        assertThat(log.query(KEY).intents()).isEmpty();
        assertThat(log.query(KEY).floor()).isEqualTo(before.floor());
        assertThat(log.query(KEY).floorUntil()).isEqualTo(before.floorUntil());
    }

    @Test
    void theFirstByteWaitsForTheIntent() throws IOException {
        List<String> order = new ArrayList<>();
        ClaimContent intent = claim(new ClaimId(1, 1, 1), 1, VersionVector.EMPTY, "a", "", Entries.NOW);

        log.intend(intent, () -> order.add("written"));
        assertThat(order).isEmpty();
        time.settle();

        assertThat(order).containsExactly("written");
        storage = storage.kill();
        log = open();
        assertThat(log.query(KEY).maybes()).containsExactly(intent);
    }

    @Test
    void anIntentThatCannotBeWrittenHoldsNobodyUp() {
        List<String> order = new ArrayList<>();
        storage.failWith("Read-only file system");

        log.intend(
                claim(new ClaimId(1, 1, 1), 1, VersionVector.EMPTY, "a", "", Entries.NOW), () -> order.add("written"));
        time.advance(Duration.ofSeconds(1));

        assertThat(order).containsExactly("written");
    }

    @Test
    void whatHasExpiredIsNotFoundAndThenForgotten() {
        log.record(entry(1, version(1, 1), "a", "", Entries.NOW, 1));

        time.advance(Duration.ofHours(8));
        assertThat(log.query(KEY).heads()).isEmpty();
        assertThat(log.states()).hasSize(1);
        time.advance(Duration.ofDays(2));
        log.removeExpired();
        assertThat(log.states()).isEmpty();
    }

    @Test
    void aLogThatHasGrownIsRewrittenWithoutLosingAnything() throws IOException {
        Map<LogKey, KeyState> before = fill(6000); // twelve megabytes

        assertThat(storage.readFile(NotificationLog.LOG + ".log")).hasSizeLessThan(5 << 20);
        kill();
        assertThat(log.states()).isEqualTo(before);
    }

    /** Ten keys, told so often that the log must be rewritten several times. */
    private Map<LogKey, KeyState> fill(int notifications) {
        String longName = "x".repeat(2000);
        for (int i = 0; i < notifications; i++) {
            LogKey key = new LogKey("{}:{a=\"" + longName + i % 10 + "\"}", "team", "webhook", 0);
            VersionVector version = log.query(key).known().with(1, i + 1);
            log.record(new LogEntry(
                    key,
                    i + 1,
                    version,
                    AlertHashes.of(i),
                    AlertHashes.EMPTY,
                    Map.of(),
                    time.now(),
                    time.now().plus(Duration.ofHours(8)),
                    1,
                    false));
            if (i % 100 == 0) {
                time.advance(Duration.ofMillis(20));
            }
        }
        time.advance(Duration.ofSeconds(1));
        return new HashMap<>(log.states());
    }

    @Test
    void aDoubtThatIsDispelledDoesNotComeBackWithTheNextStart() throws IOException {
        ClaimContent claim = claim(new ClaimId(-5, 2, 4), 1L << 41, VersionVector.EMPTY, "ab", "c", Entries.NOW);
        log.merge(List.of(), List.of(claim));
        log.refused(claim);
        KeyState known = log.query(KEY);

        kill();

        assertThat(log.query(KEY)).isEqualTo(known);
        assertThat(known.maybes()).isEmpty();
        assertThat(known.refused()).isEqualTo(claim);
    }

    @Test
    void aCompactedLogIsReadAsTheSameState() throws IOException {
        KeyState state = KeyState.EMPTY
                .mergeEntry(entry(5, version(1, 1), "a", "b", Entries.NOW, 1))
                .mergeEntry(entry(6, version(2, 1), "a", "", Entries.NOW, 2));
        for (int i = 3; i < 12; i++) {
            state = state.addMaybe(claim(new ClaimId(i, 1, i), i, VersionVector.EMPTY, "ab", "", Entries.NOW));
        }
        state = state.intend(claim(new ClaimId(1, 2, 99), 50, version(1, 1), "c", "", Entries.NOW));

        KeyState read = KeyState.EMPTY;
        LogRecords reader = new LogRecords();
        for (byte[] record : new CompactedLog(Map.of(KEY, state))) {
            read = reader.read(record).apply().apply(read);
        }

        assertThat(read).isEqualTo(state);
    }

    @Test
    void aRecordOfALaterVersionStopsTheStart() throws IOException {
        MemoryStorage fresh = new MemoryStorage(time);
        Storage.RecordLog written = fresh.openLog(NotificationLog.LOG, record -> {});
        written.append(HexFormat.of().parseHex("fa0100"), Storage.Durability.SYNCED, failed -> {});
        time.advance(Duration.ofSeconds(1));
        storage = fresh.kill();

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("later version");
    }

    private static Notified notified(String firing, Instant at) {
        return new Notified(
                KEY.groupKey(),
                KEY.receiver(),
                KEY.integration(),
                KEY.index(),
                at,
                hashes(firing),
                List.of(),
                Map.of("thread", new ReceiverValue.Text("t")),
                at.plus(Duration.ofHours(8)));
    }

    private static List<Long> hashes(String alerts) {
        return Arrays.stream(Entries.hashes(alerts).toArray()).boxed().toList();
    }

    private void start(Notified... snapshot) throws IOException {
        time.settle();
        storage = storage.kill();
        storage.put(NotificationLogSnapshot.FILE, NotificationLogSnapshot.encode(List.of(snapshot)));
        log = open();
    }

    @Test
    void aNodeThatTakesOverAlertmanagersFolderKnowsWhatItHasTold() throws IOException {
        start(notified("ab", Entries.NOW.minusSeconds(60)));

        LogEntry head = log.query(KEY).heads().getFirst();
        assertThat(head.firing()).isEqualTo(Entries.hashes("ab"));
        assertThat(head.sentAt()).isEqualTo(Entries.NOW.minusSeconds(60));
        assertThat(head.receiverData()).containsEntry("thread", new ReceiverValue.Text("t"));
        assertThat(log.query(KEY).uncertain()).isFalse();
    }

    @Test
    void whatAlertmanagerToldAfterUsCounts() throws IOException {
        log.record(entry(7, version(1, 1), "a", "", Entries.NOW.minusSeconds(100), 1));

        start(notified("ab", Entries.NOW.minusSeconds(60)));

        assertThat(log.query(KEY).heads()).singleElement().satisfies(head -> {
            assertThat(head.firing()).isEqualTo(Entries.hashes("ab"));
            assertThat(head.sequence()).isEqualTo(8);
        });
    }

    @Test
    void whatWeToldAfterAlertmanagerCounts() throws IOException {
        LogEntry ours = entry(7, version(1, 1), "a", "", Entries.NOW.minusSeconds(50), 1);
        log.record(ours);

        start(notified("ab", Entries.NOW.minusSeconds(60)));

        assertThat(log.query(KEY).heads()).containsExactly(ours);
    }

    @Test
    void ourOwnSnapshotTellsNothingNew() throws IOException {
        LogEntry ours = entry(7, version(1, 1), "a", "", Entries.NOW.minusNanos(1), 1);
        log.record(ours);
        Notified same = AlertmanagerEntries.of(log.states(), time.now()).getFirst();

        start(same);

        assertThat(log.query(KEY).heads()).containsExactly(ours);
    }

    @Test
    void whatWasTakenOverIsKeptWhenTheSnapshotIsGone() throws IOException {
        start(notified("ab", Entries.NOW.minusSeconds(60)));
        time.advance(Duration.ofSeconds(2));
        KeyState known = log.query(KEY);
        storage = storage.kill();
        storage.put(NotificationLogSnapshot.FILE, new byte[0]);

        log = open();

        assertThat(log.query(KEY)).isEqualTo(known);
    }

    @Test
    void expiredEntriesOfASnapshotAreLeftOut() throws IOException {
        start(notified("ab", Entries.NOW.minus(Duration.ofHours(8))));

        assertThat(log.states()).isEmpty();
    }

    @Test
    void aDamagedSnapshotStopsTheStart() {
        storage = storage.kill();
        storage.put(NotificationLogSnapshot.FILE, new byte[] {5, 1, 2});

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("record 1");
    }

    @Test
    void whatOtherNodesKnowIsJoinedToldOnceAndSurvivesADeath() throws IOException {
        List<Object> heard = new ArrayList<>();
        NotificationLog.Listener listener = new NotificationLog.Listener() {
            @Override
            public void merged(LogEntry entry) {
                heard.add(entry);
            }

            @Override
            public void merged(ClaimContent maybe) {
                heard.add(maybe);
            }
        };
        log.listen(listener);
        LogEntry theirs = entry(3, version(1, 1), "a", "", Entries.NOW, 1);
        LogEntry older = entry(2, VersionVector.EMPTY, "b", "", Entries.NOW, 1);
        LogEntry expired = entry(9, version(4, 1), "c", "", Entries.NOW.minus(Duration.ofHours(8)), 4);
        ClaimContent maybe = claim(new ClaimId(2, 1, 1), 3, VersionVector.EMPTY, "a", "", Entries.NOW);

        log.merge(List.of(theirs, older, expired), List.of(maybe));
        log.merge(List.of(theirs, older, expired), List.of(maybe));

        assertThat(heard).containsExactly(theirs, maybe);
        kill();
        assertThat(log.query(KEY).heads()).containsExactly(theirs);
        assertThat(log.query(KEY).maybes()).containsExactly(maybe);
    }

    @Test
    void whatThisNodeDoesIsToldToListeners() {
        List<Object> heard = new ArrayList<>();
        log.listen(new NotificationLog.Listener() {
            @Override
            public void recorded(LogEntry entry) {
                heard.add(entry);
            }

            @Override
            public void abandoned(ClaimContent maybe) {
                heard.add(maybe);
            }
        });
        ClaimContent intent = claim(new ClaimId(1, 1, 1), 1, VersionVector.EMPTY, "a", "", Entries.NOW);
        LogEntry entry = entry(2, version(1, 2), "a", "", Entries.NOW, 1);

        log.intend(intent, () -> {});
        log.abandon(intent);
        log.record(entry);

        assertThat(heard).containsExactly(intent, entry);
    }
}
