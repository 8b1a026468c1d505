package dev.tocsin.core.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.journal.EventType;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.JournalPage;
import dev.tocsin.core.journal.SampleEvents;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    private static final JournalOptions SMALL = new JournalOptions(Duration.ofDays(1), 1 << 20);

    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime();
    private Metrics metrics = new Metrics(new MetricRegistry());

    private FileJournal open(JournalOptions options) {
        metrics = new Metrics(new MetricRegistry());
        return new FileJournal("a", folder, options, time, time, Runnable::run, metrics);
    }

    private void settle() {
        time.advance(FileJournal.BATCH);
    }

    private static JournalEvent grouped(String group, String receiver, long fingerprint) {
        return new GroupEvent.Grouped(group, receiver, fingerprint, false);
    }

    private static List<JournalEvent> events(List<JournalEntry> entries) {
        return entries.stream().map(JournalEntry::event).toList();
    }

    private static List<JournalEvent> newest(FileJournal journal, JournalFilter filter) {
        return events(journal.query(filter, JournalCursor.NONE, 10_000).entries());
    }

    /** All events oldest first, by pages. */
    private static List<JournalEntry> all(FileJournal journal, int limit) {
        List<JournalEntry> all = new ArrayList<>();
        JournalCursor at = JournalCursor.NONE;
        JournalPage page;
        do {
            page = journal.read(JournalFilter.ALL, at, limit);
            all.addAll(page.entries());
            at = page.newer();
        } while (page.more());
        return all;
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        }
    }

    private void fill(FileJournal journal, int events) {
        for (int i = 0; i < events; i++) {
            time.advance(Duration.ofMillis(1));
            journal.append(grouped("g" + i % 7, "r" + i % 5, i));
        }
        settle();
    }

    @Test
    void whatIsAppendedIsThereAfterSomeMilliseconds() {
        FileJournal journal = open(SMALL);
        SampleEvents.all().forEach(journal::append);
        assertThat(journal.query(JournalFilter.ALL, JournalCursor.NONE, 10).entries())
                .isEmpty();
        settle();
        assertThat(events(all(journal, 10))).isEqualTo(SampleEvents.all());
        assertThat(newest(journal, JournalFilter.ALL))
                .isEqualTo(SampleEvents.all().reversed());
    }

    @Test
    void aStopAndAStartKeepEverythingAndNumbersRise() {
        FileJournal journal = open(SMALL);
        fill(journal, 3000);
        List<JournalEntry> before = all(journal, 10_000);
        JournalCursor end =
                journal.query(JournalFilter.ALL, JournalCursor.NONE, 1).newer();
        journal.close();
        time.advance(Duration.ofSeconds(1));
        FileJournal again = open(SMALL);
        assertThat(all(again, 777)).isEqualTo(before);
        again.append(new HubEvent.Started("2"));
        settle();
        JournalPage page = again.read(JournalFilter.ALL, end, 10);
        assertThat(events(page.entries())).containsExactly(new HubEvent.Started("2"));
        assertThat(page.entries().getFirst().offset())
                .isGreaterThan(before.getLast().offset());
    }

    @Test
    void whatWasPlannedBeforeTheStopDoesNothingAfterIt() throws IOException {
        FileJournal journal = open(SMALL);
        fill(journal, 10);
        journal.append(new HubEvent.TurnedWarm());
        journal.close();
        List<Path> left = segments();
        journal.append(new HubEvent.TurnedWarm());
        time.advance(Duration.ofHours(2));
        assertThat(metrics.counter("tocsin_journal_errors_total", "").labels().value())
                .isZero();
        assertThat(segments()).isEqualTo(left);
        assertThat(all(open(SMALL), 100)).hasSize(11);
    }

    @Test
    void aDeathIsToldAtTheNextStartAndCostsWhatWasNotWritten() throws IOException {
        FileJournal journal = open(SMALL);
        fill(journal, 10);
        journal.append(new HubEvent.TurnedWarm());
        Instant last = time.now().minus(FileJournal.BATCH);
        time.advance(Duration.ofSeconds(5));
        fill(journal, 0);
        FileJournal again = open(SMALL);
        settle();
        assertThat(newest(again, JournalFilter.ALL).getFirst()).isInstanceOf(HubEvent.Interrupted.class);
        assertThat(newest(again, JournalFilter.ALL)).hasSize(12);
        assertThat(last).isBefore(time.now());
    }

    @Test
    void aTornTailIsCutWhereverItBreaks() throws IOException {
        FileJournal journal = open(SMALL);
        fill(journal, 20);
        Path segment = segments().getFirst();
        byte[] whole = Files.readAllBytes(segment);
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            int length = Segment.HEADER + random.nextInt(whole.length - Segment.HEADER);
            Files.write(segment, Arrays.copyOf(whole, length));
            Files.deleteIfExists(Path.of(segment + ".index"));
            Segment read = Segment.read(segment, true);
            assertThat(read.damaged()).isFalse();
            assertThat(read.next() - read.first()).isBetween(0L, 20L);
            Files.deleteIfExists(Path.of(segment + ".index"));
        }
    }

    @Test
    void aDamagedSegmentIsLeftOutAndStopsNothing() throws IOException {
        FileJournal journal = open(SMALL);
        fill(journal, 5000);
        journal.close();
        time.advance(Duration.ofMinutes(1));
        journal = open(SMALL);
        journal.append(new HubEvent.Started("2"));
        settle();
        journal.close();
        Path oldest = segments().getFirst();
        try (RandomAccessFile file = new RandomAccessFile(oldest.toFile(), "rw")) {
            file.write(new byte[100]);
        }
        FileJournal again = open(SMALL);
        List<JournalEvent> left = events(all(again, 100));
        assertThat(left.getFirst()).isInstanceOf(HubEvent.Gap.class);
        assertThat(left).contains(new HubEvent.Started("2"));
        assertThat(value("tocsin_journal_damaged_total")).isPositive();
    }

    @Test
    void damageInTheMiddleShowsAsAGapInItsPlace() throws IOException {
        FileJournal journal = open(SMALL);
        fill(journal, 2000);
        journal.close();
        Path oldest = segments().getFirst();
        long middle = Files.size(oldest) / 2;
        try (RandomAccessFile file = new RandomAccessFile(oldest.toFile(), "rw")) {
            file.seek(middle);
            file.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        }
        FileJournal again = open(SMALL);
        List<JournalEntry> forward = all(again, 100);
        List<JournalEntry> gaps = forward.stream()
                .filter(entry -> entry.event() instanceof HubEvent.Gap)
                .toList();
        assertThat(gaps).isNotEmpty();
        assertThat(forward).isSortedAccordingTo((x, y) -> Long.compare(x.offset(), y.offset()));
        long missing = gaps.stream()
                .mapToLong(entry -> ((HubEvent.Gap) entry.event()).events())
                .sum();
        assertThat(forward.size() - gaps.size() + missing).isEqualTo(2000);
        assertThat(newest(again, JournalFilter.ALL)).isEqualTo(events(forward.reversed()));
    }

    @Test
    void aLostIndexIsMadeAgain() throws IOException {
        FileJournal journal = open(SMALL);
        fill(journal, 3000);
        List<JournalEntry> before = all(journal, 10_000);
        journal.close();
        for (Path segment : segments()) {
            Files.write(Path.of(segment + ".index"), new byte[] {1, 2, 3});
        }
        FileJournal again = open(SMALL);
        assertThat(all(again, 500)).isEqualTo(before);
        assertThat(newest(again, JournalFilter.ALL.fingerprint(1234L))).hasSize(1);
    }

    @Test
    void oldSegmentsGoAndAGapSaysSo() throws IOException {
        FileJournal journal = open(SMALL);
        fill(journal, 20_000);
        assertThat(value("tocsin_journal_bytes")).isLessThan(1.5 * (1 << 20));
        assertThat(value("tocsin_journal_forgotten_total")).isPositive();
        List<JournalEntry> left = all(journal, 5000);
        assertThat(left.getFirst().event()).isInstanceOf(HubEvent.Gap.class);
        assertThat(left.getLast().event()).isEqualTo(grouped("g" + 19_999 % 7, "r" + 19_999 % 5, 19_999));
        JournalFilter recent = JournalFilter.ALL.between(time.now().minusSeconds(1), null);
        assertThat(newest(journal, recent)).noneMatch(event -> event instanceof HubEvent.Gap);
        time.advance(Duration.ofDays(2));
        journal.append(new HubEvent.TurnedWarm());
        time.advance(Duration.ofHours(1));
        assertThat(newest(journal, JournalFilter.ALL)).hasSizeLessThan(3).contains(new HubEvent.TurnedWarm());
        assertThat(segments()).hasSizeLessThan(3);
    }

    @Test
    void everyConditionFindsExactlyWhatAFullSearchFinds() {
        FileJournal journal = open(new JournalOptions(Duration.ofDays(1), 8 << 20));
        Random random = new Random(7);
        List<JournalEvent> samples = SampleEvents.all();
        for (int i = 0; i < 4000; i++) {
            time.advance(Duration.ofMillis(random.nextInt(1000)));
            journal.append(
                    random.nextInt(10) == 0
                            ? samples.get(random.nextInt(samples.size()))
                            : grouped("g" + random.nextInt(50), "r" + random.nextInt(20), random.nextInt(100)));
        }
        settle();
        List<JournalEntry> everything = all(journal, 10_000);
        for (int i = 0; i < 200; i++) {
            JournalFilter filter = JournalFilter.ALL;
            if (random.nextBoolean()) {
                filter = filter.receiver("r" + random.nextInt(22));
            }
            if (random.nextInt(3) == 0) {
                filter = filter.groupKey("g" + random.nextInt(52));
            }
            if (random.nextInt(3) == 0) {
                filter = filter.fingerprint((long) random.nextInt(103));
            }
            if (random.nextInt(4) == 0) {
                filter = filter.types(Set.of(EventType.GROUPED, EventType.ROUTED));
            }
            Instant from = time.now().minusSeconds(random.nextInt(2500));
            filter = filter.between(from, from.plusSeconds(random.nextInt(600)));
            List<JournalEntry> expected =
                    everything.reversed().stream().filter(filter::accepts).toList();
            assertThat(journal.query(filter, JournalCursor.NONE, 10_000).entries())
                    .isEqualTo(expected);
            assertThat(journal.read(filter, JournalCursor.NONE, 10_000).entries())
                    .isEqualTo(expected.reversed());
        }
    }

    @Test
    void aWriterThatDoesNotComeDropsAndTheGapTellsHowMany() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        FileJournal journal = new FileJournal(
                "a", folder, new JournalOptions(Duration.ofDays(1), 64 << 20), time, time, tasks::add, metrics);
        int more = 50;
        for (int i = 0; i < Arrivals.MOST_EVENTS + more; i++) {
            journal.append(grouped("g", "r", i));
        }
        assertThat(value("tocsin_journal_dropped_total")).isEqualTo(more);
        assertThat(value("tocsin_journal_queue_events")).isEqualTo(Arrivals.MOST_EVENTS);
        time.advance(Duration.ofSeconds(2));
        assertThat(value("tocsin_journal_lag_seconds")).isEqualTo(2);
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        journal.append(grouped("g", "r", -1));
        time.advance(FileJournal.BATCH);
        tasks.remove().run();
        List<JournalEvent> newest =
                events(journal.query(JournalFilter.ALL, JournalCursor.NONE, 2).entries());
        assertThat(newest.getFirst()).isEqualTo(grouped("g", "r", -1));
        assertThat(newest.get(1))
                .isEqualTo(new HubEvent.Gap(
                        more, time.now().minus(Duration.ofSeconds(2)).minus(FileJournal.BATCH)));
    }

    @Test
    void aDiskThatRefusesStopsNothingAndShowsAsAGap() throws IOException {
        FileJournal journal = open(SMALL);
        fill(journal, 100);
        journal.close();
        Path broken = folder.resolve("file");
        Files.write(broken, new byte[1]);
        FileJournal refused =
                new FileJournal("a", broken.resolve("journal"), SMALL, time, time, Runnable::run, metrics);
        refused.append(grouped("g", "r", 1));
        settle();
        assertThat(newest(refused, JournalFilter.ALL)).containsExactly(grouped("g", "r", 1));
        fill(refused, 3000);
        assertThat(newest(refused, JournalFilter.ALL)).anyMatch(event -> event instanceof HubEvent.Gap);
        assertThat(newest(refused, JournalFilter.ALL)).hasSizeLessThan(2000);
        assertThat(value("tocsin_journal_dropped_total")).isPositive();
        assertThat(value("tocsin_journal_errors_total")).isPositive();
        refused.close();
    }

    @Test
    void listenersHearOncePerBatch() {
        FileJournal journal = open(SMALL);
        List<Long> heard = new ArrayList<>();
        journal.listen(() -> heard.add(journal.next()));
        for (int i = 0; i < 10; i++) {
            journal.append(grouped("g", "r", i));
        }
        settle();
        assertThat(heard).containsExactly(journal.next());
    }

    @Test
    void boundsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new JournalOptions(Duration.ZERO, 1 << 20))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JournalOptions(Duration.ofDays(1), 1000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private double value(String metric) {
        return metric.endsWith("_total")
                ? metrics.counter(metric, "").labels().value()
                : metrics.gauge(metric, "").labels().value();
    }
}
