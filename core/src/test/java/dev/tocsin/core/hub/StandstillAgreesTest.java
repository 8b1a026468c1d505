package dev.tocsin.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hub that leaves out flushes which would tell nothing does, writes, counts and shows the same as one that flushes each
 * group that is due, as one does that traces its flushes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandstillAgreesTest {
    private static final int STEPS = 120;
    private static final int MOST_EVENTS = 1000;

    private long due;
    private long flushed;

    @AfterAll
    void manyFlushesWereLeftOut() {
        assertThat(flushed).as("flushes of %d ticks", due).isLessThan(due * 9 / 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void withAHubThatFlushesEachGroup(long seed) {
        RandomHub longWay = new RandomHub(seed);
        RandomHub shortWay = new RandomHub(seed);
        shortWay.hub().tracing().off();
        for (int step = 0; step < STEPS; step++) {
            List<JournalEntry> expected = step(longWay);
            assertThat(step(shortWay)).as("step %d", step).isEqualTo(expected);
            assertThat(seen(shortWay.hub())).as("step %d", step).isEqualTo(seen(longWay.hub()));
            due += expected.stream()
                    .filter(entry -> entry.event() instanceof GroupEvent.Flushed)
                    .count();
        }
        flushed += shortWay.hub().tracing().ended().stream()
                .filter(span -> span.equals("dispatcher.flush"))
                .count();
    }

    /** Something happens, and then for long enough nothing that some flushes repeat those before. */
    private static List<JournalEntry> step(RandomHub world) {
        TestHub hub = world.hub();
        JournalCursor before =
                JournalCursor.of(hub.journal().node(), hub.journal().next());
        world.step();
        hub.time().advance(Duration.ofSeconds(15));
        return hub.journal().read(JournalFilter.ALL, before, MOST_EVENTS).entries();
    }

    private static Map<String, Object> seen(TestHub hub) {
        Map<String, Object> seen = new TreeMap<>();
        for (int receiver = 0; receiver < 4; receiver++) {
            for (int integration = 0; integration < 2; integration++) {
                String url = "u" + receiver + integration;
                seen.put(url, List.copyOf(hub.sent(url)));
            }
        }
        seen.put("groups", hub.hub().groups(AlertFilter.ALL));
        List<Double> counts = new ArrayList<>();
        for (String state : List.of("active", "suppressed", "unprocessed")) {
            counts.add(hub.gauge("alertmanager_alerts", state));
        }
        for (String reason : List.of("inhibition", "silence", "mute_time_interval", "active_time_interval")) {
            counts.add(hub.counter("alertmanager_notifications_suppressed_total", reason));
        }
        counts.add(hub.counter("alertmanager_nflog_queries_total"));
        seen.put("counts", counts);
        return seen;
    }
}
