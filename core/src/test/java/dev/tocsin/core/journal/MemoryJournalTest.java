package dev.tocsin.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryJournalTest {
    private final VirtualTime time = new VirtualTime();
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final MemoryJournal journal = new MemoryJournal(time, metrics, 5, 100_000);

    private static GroupEvent.Grouped grouped(String group, String receiver, long fingerprint) {
        return new GroupEvent.Grouped(group, receiver, fingerprint, false);
    }

    private static List<Long> offsets(List<JournalEntry> entries) {
        return entries.stream().map(JournalEntry::offset).toList();
    }

    @Test
    void theNewestEventComesFirstWithItsTimeAndNumber() {
        Instant start = time.now();
        journal.append(grouped("g", "r", 1));
        time.advance(Duration.ofSeconds(1));
        journal.append(grouped("g", "r", 2));
        assertThat(journal.query(JournalFilter.newest(10)))
                .containsExactly(
                        new JournalEntry(1, start.plusSeconds(1), grouped("g", "r", 2)),
                        new JournalEntry(0, start, grouped("g", "r", 1)));
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
        assertThat(offsets(journal.query(new JournalFilter(null, null, "b", null, null, 10))))
                .containsExactly(2L, 1L);
        assertThat(offsets(journal.query(new JournalFilter(null, null, null, "g1", null, 10))))
                .containsExactly(0L);
        assertThat(offsets(journal.query(new JournalFilter(null, null, null, null, 1L, 10))))
                .containsExactly(2L, 0L);
        assertThat(offsets(journal.query(new JournalFilter(now, null, null, null, null, 10))))
                .containsExactly(3L);
        assertThat(offsets(journal.query(new JournalFilter(null, now, null, null, null, 10))))
                .containsExactly(2L, 1L, 0L);
        assertThat(offsets(journal.query(JournalFilter.newest(1)))).containsExactly(3L);
    }

    @Test
    void aFullJournalForgetsTheOldestAndSaysSo() {
        for (int i = 0; i < 8; i++) {
            journal.append(grouped("g", "r", i));
        }
        List<JournalEntry> all = journal.query(JournalFilter.newest(10));
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
        assertThat(offsets(journal.query(new JournalFilter(from, null, null, null, null, 10))))
                .containsExactly(7L, 6L, 5L);
        assertThat(offsets(journal.query(JournalFilter.newest(5)))).containsExactly(7L, 6L, 5L, 4L, 3L);
    }

    @Test
    void largeEventsAreBoundedByTheirBytes() {
        MemoryJournal small = new MemoryJournal(time, metrics, 1000, 1000);
        long[] many = new long[200];
        for (int i = 0; i < many.length; i++) {
            many[i] = i;
        }
        small.append(grouped("g", "r", 1));
        small.append(new GroupEvent.Flushed("g", "r", Fingerprints.of(many), Fingerprints.NONE));
        assertThat(small.query(JournalFilter.newest(10)))
                .singleElement()
                .extracting(JournalEntry::event)
                .isEqualTo(new HubEvent.Gap(2, time.now()));
    }

    @Test
    void everyEventHasAReasonForPeople() {
        NotificationEvent.Destination to = new NotificationEvent.Destination("{}:{}", "pager", "webhook[0]");
        assertThat(new NotificationEvent.Failed(to, 7, FailureReason.SERVER_ERROR, "x".repeat(1000), 3, true).reason())
                .isEqualTo(
                        "failed after 3 attempts: " + "x".repeat(256) + "; the receiver may have accepted one of them");
        assertThat(new AlertEvent.Merged(LabelSet.of("a", "b"), AlertEvent.Change.NEW, "10.0.0.1").reason())
                .isEqualTo("alert {a=\"b\"} is new by a report of 10.0.0.1");
        assertThat(new NotificationEvent.Deduplicated(to, "told at 12:00").groupKey())
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
        assertThatThrownBy(() -> JournalFilter.newest(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
