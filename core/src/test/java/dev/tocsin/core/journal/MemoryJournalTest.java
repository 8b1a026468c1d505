package dev.tocsin.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryJournalTest {
    private final VirtualTime time = new VirtualTime();
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final MemoryJournal journal = new MemoryJournal("a", time, metrics, 5, 100_000);

    private static GroupEvent.Grouped grouped(String group, String receiver, long fingerprint) {
        return new GroupEvent.Grouped(group, receiver, fingerprint, false);
    }

    private final long first = journal.next();

    private List<Long> offsets(List<JournalEntry> entries) {
        return entries.stream().map(entry -> entry.offset() - first).toList();
    }

    private List<JournalEntry> query(JournalFilter filter, int limit) {
        return journal.query(filter, JournalCursor.NONE, limit).entries();
    }

    @Test
    void theNewestEventComesFirstWithItsTimeAndNumber() {
        Instant start = time.now();
        journal.append(grouped("g", "r", 1));
        time.advance(Duration.ofSeconds(1));
        journal.append(grouped("g", "r", 2));
        assertThat(query(JournalFilter.ALL, 10))
                .containsExactly(
                        new JournalEntry("a", first + 1, start.plusSeconds(1), grouped("g", "r", 2)),
                        new JournalEntry("a", first, start, grouped("g", "r", 1)));
    }

    @Test
    void eachConditionSelects() {
        journal.append(grouped("g1", "a", 1));
        time.advance(Duration.ofSeconds(1));
        journal.append(grouped("g2", "b", 2));
        journal.append(new AlertEvent.Routed(1, List.of("{}/0", "{}/1"), List.of("a", "b")));
        time.advance(Duration.ofSeconds(1));
        Instant now = time.now();
        journal.append(new HubEvent.ConfigLoaded("a.yml", "1"));
        assertThat(offsets(query(JournalFilter.ALL.receiver("b"), 10))).containsExactly(2L, 1L);
        assertThat(offsets(query(JournalFilter.ALL.groupKey("g1"), 10))).containsExactly(0L);
        assertThat(offsets(query(JournalFilter.ALL.fingerprint(1L), 10))).containsExactly(2L, 0L);
        assertThat(offsets(query(JournalFilter.ALL.between(now, null), 10))).containsExactly(3L);
        assertThat(offsets(query(JournalFilter.ALL.between(null, now), 10))).containsExactly(2L, 1L, 0L);
        assertThat(offsets(query(JournalFilter.ALL, 1))).containsExactly(3L);
    }

    @Test
    void pagesOfAQueryMissAndRepeatNothing() {
        for (int i = 0; i < 5; i++) {
            journal.append(grouped("g", "r", i));
        }
        JournalPage newest = journal.query(JournalFilter.ALL, JournalCursor.NONE, 2);
        journal.append(grouped("g", "r", 5));
        JournalPage next = journal.query(JournalFilter.ALL, newest.older(), 10);
        assertThat(offsets(newest.entries())).containsExactly(4L, 3L);
        assertThat(newest.more()).isTrue();
        assertThat(offsets(next.entries())).startsWith(2L, 1L);
        assertThat(next.more()).isFalse();
        assertThat(offsets(journal.read(JournalFilter.ALL, newest.newer(), 10).entries()))
                .containsExactly(5L);
    }

    @Test
    void aReaderGoesOnWhereItStoppedAndHearsWhatItMissed() {
        JournalCursor start =
                journal.query(JournalFilter.ALL, JournalCursor.NONE, 1).newer();
        journal.append(grouped("g", "r", 0));
        journal.append(grouped("other", "r", 1));
        JournalPage page = journal.read(JournalFilter.ALL.groupKey("g"), start, 10);
        assertThat(offsets(page.entries())).containsExactly(0L);
        for (int i = 2; i < 9; i++) {
            journal.append(grouped("g", "r", i));
        }
        page = journal.read(JournalFilter.ALL, page.newer(), 3);
        assertThat(page.entries().getFirst().event()).isEqualTo(new HubEvent.Gap(2, time.now()));
        assertThat(offsets(page.entries())).containsExactly(3L, 4L, 5L);
        assertThat(page.more()).isTrue();
        assertThat(offsets(journal.read(JournalFilter.ALL, page.newer(), 10).entries()))
                .containsExactly(6L, 7L, 8L);
    }

    @Test
    void listenersHearThatTheJournalHasGrown() {
        List<Long> heard = new ArrayList<>();
        Cancellable listening = journal.listen(() -> heard.add(journal.next() - first));
        journal.append(grouped("g", "r", 0));
        listening.cancel();
        journal.append(grouped("g", "r", 1));
        assertThat(heard).containsExactly(1L);
    }

    @Test
    void aFullJournalForgetsTheOldestAndSaysSo() {
        for (int i = 0; i < 8; i++) {
            journal.append(grouped("g", "r", i));
        }
        List<JournalEntry> all = query(JournalFilter.ALL, 10);
        assertThat(offsets(all)).containsExactly(7L, 6L, 5L, 4L, 3L, 2L);
        assertThat(all.getLast().event()).isEqualTo(new HubEvent.Gap(3, time.now()));
        assertThat(metrics.families().get("tocsin_journal_forgotten_total")).isNotNull();
        assertThat(metrics.counter("tocsin_journal_forgotten_total", "")
                        .labels()
                        .value())
                .isEqualTo(3);
        assertThat(metrics.gauge("tocsin_journal_events", "").labels().value()).isEqualTo(5);
    }

    @Test
    void aQueryThatNeedsNoForgottenEventHearsOfNoGap() {
        for (int i = 0; i < 8; i++) {
            journal.append(grouped("g", "r", i));
            time.advance(Duration.ofSeconds(1));
        }
        Instant from = time.now().minusSeconds(3);
        assertThat(offsets(query(JournalFilter.ALL.between(from, null), 10))).containsExactly(7L, 6L, 5L);
        assertThat(offsets(query(JournalFilter.ALL, 5))).containsExactly(7L, 6L, 5L, 4L, 3L);
    }

    @Test
    void largeEventsAreBoundedByTheirBytes() {
        MemoryJournal small = new MemoryJournal("a", time, metrics, 1000, 1000);
        long[] many = new long[200];
        for (int i = 0; i < many.length; i++) {
            many[i] = i;
        }
        small.append(grouped("g", "r", 1));
        small.append(new GroupEvent.Flushed("g", "r", Fingerprints.of(many), Fingerprints.NONE));
        assertThat(small.query(JournalFilter.ALL, JournalCursor.NONE, 10).entries())
                .singleElement()
                .extracting(JournalEntry::event)
                .isEqualTo(new HubEvent.Gap(2, time.now()));
    }

    @Test
    void everyEventHasAReasonForPeople() {
        NotificationEvent.Destination to = new NotificationEvent.Destination("{}:{}", "pager", "webhook[0]");
        assertThat(new NotificationEvent.Failed(to, 7, FailureReason.SERVER_ERROR, "x".repeat(1000), 3, true).reason())
                .isEqualTo("failed after 3 attempts, serverError: " + "x".repeat(256)
                        + "; the receiver may have accepted one of them");
        assertThat(new AlertEvent.Merged(LabelSet.of("a", "b"), AlertEvent.Change.NEW, "10.0.0.1").reason())
                .isEqualTo("alert {a=\"b\"} is new by a report of 10.0.0.1");
        assertThat(new NotificationEvent.Deduplicated(to, "told already", null).groupKey())
                .isEqualTo("{}:{}");
    }

    @Test
    void fingerprintsAreASortedSet() {
        Fingerprints set = Fingerprints.of(3, -1, 3, 2);
        assertThat(set.size()).isEqualTo(3);
        assertThat(set.contains(-1)).isTrue();
        assertThat(set.contains(4)).isFalse();
        assertThat(set).isEqualTo(Fingerprints.of(2, 3, -1));
        assertThat(Fingerprints.of(255)).hasToString("[00000000000000ff]");
        assertThat(Fingerprints.of()).isSameAs(Fingerprints.NONE);
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatThrownBy(() -> query(JournalFilter.ALL, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> query(JournalFilter.ALL, 10_001)).isInstanceOf(IllegalArgumentException.class);
    }
}
