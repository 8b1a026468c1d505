package dev.tocsin.api.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.api.FakeJournal;
import dev.tocsin.api.service.ServiceException;
import dev.tocsin.core.journal.EventType;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalWatchesTest {
    private final VirtualTime time = new VirtualTime();
    private final FakeJournal journal = new FakeJournal();

    private JournalWatches node() {
        return new JournalWatches(journal, time, time, new Metrics(new MetricRegistry()));
    }

    private static void drain(Watch<JournalEntry> watch, List<JournalEntry> into, String[] cursor, VirtualTime time) {
        for (int round = 0; round < 20; round++) {
            for (Batch<JournalEntry> batch = watch.next(); batch != null; batch = watch.next()) {
                into.addAll(batch.upserted());
                cursor[0] = batch.cursor();
            }
            time.settle();
        }
    }

    /** A client that changes the node at random moments, while nodes fall silent and come back, misses and repeats nothing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aClientThatIsMovedFromNodeToNodeGetsEachEntryOnceAndInOrder(long seed) {
        Random random = new Random(seed);
        List<String> names = List.of("n1", "n2", "n3");
        names.forEach(name -> journal.happen(name, "before"));
        List<JournalWatches> nodes = List.of(node(), node(), node());
        List<JournalEntry> seen = new ArrayList<>();
        String[] cursor = {""};
        Watch<JournalEntry> watch = nodes.getFirst().watch(JournalFilter.ALL, "", () -> {});
        time.settle();
        drain(watch, seen, cursor, time);
        assertThat(seen).isEmpty();
        assertThat(cursor[0]).isNotEmpty();

        int written = 0;
        for (int step = 0; step < 400; step++) {
            journal.happen(names.get(random.nextInt(3)), "event " + step);
            written++;
            time.advance(Duration.ofMillis(random.nextInt(3000)));
            if (random.nextInt(4) == 0) {
                String node = names.get(random.nextInt(3));
                if (!journal.silent.remove(node)) {
                    journal.silent.add(node);
                }
            }
            Batch<JournalEntry> batch = watch.next();
            if (batch != null) {
                seen.addAll(batch.upserted());
                cursor[0] = batch.cursor();
            }
            if (random.nextInt(6) == 0) {
                watch.close();
                watch = nodes.get(random.nextInt(3)).watch(JournalFilter.ALL, cursor[0], () -> {});
            }
        }
        journal.silent.clear();
        for (int i = 0; i < 3; i++) {
            time.advance(Duration.ofSeconds(11));
            drain(watch, seen, cursor, time);
        }

        assertThat(seen).hasSize(written).doesNotHaveDuplicates();
        Map<String, Long> last = new HashMap<>();
        for (JournalEntry entry : seen) {
            Long before = last.put(entry.node(), entry.offset());
            assertThat(before == null || before < entry.offset()).isTrue();
        }
    }

    @Test
    void theFilterIsAppliedAndTheCursorMovesOnAllTheSame() {
        JournalWatches node = node();
        journal.happen("n1", "before");
        Watch<JournalEntry> watch = node.watch(JournalFilter.ALL.types(Set.of(EventType.STOPPED)), "", () -> {});
        time.settle();
        List<JournalEntry> seen = new ArrayList<>();
        String[] cursor = {""};
        drain(watch, seen, cursor, time);
        String before = cursor[0];

        journal.happen("n1", "not asked for");
        time.advance(Duration.ofSeconds(11));
        drain(watch, seen, cursor, time);

        assertThat(seen).isEmpty();
        assertThat(cursor[0]).isNotEqualTo(before);
    }

    @Test
    void aSilentWatchGivesASignOfLife() {
        Watch<JournalEntry> watch = node().watch(JournalFilter.ALL, "", () -> {});
        time.settle();
        assertThat(Objects.requireNonNull(watch.next()).kind()).isEqualTo(Batch.Kind.SYNCED);
        assertThat(watch.next()).isNull();

        time.advance(Duration.ofSeconds(11));

        assertThat(Objects.requireNonNull(watch.next()).kind()).isEqualTo(Batch.Kind.HEARTBEAT);
    }

    @Test
    void aBadCursorIsRefused() {
        assertThatThrownBy(() -> node().watch(JournalFilter.ALL, "nonsense", () -> {}))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.reason()).isEqualTo("CURSOR_INVALID"));
    }
}
