package dev.tocsin.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.journal.EventType;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.JournalPage;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.it.sim.world.Settings;
import dev.tocsin.it.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any node tells what all have done, and what the dead ones did as far as it heard of it. */
class JournalTest {
    private static final List<String> NAMES = List.of("n1", "n2", "n3");
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final JournalFilter NOTIFICATIONS =
            JournalFilter.ALL.types(Set.of(EventType.DELIVERED, EventType.LEARNED));

    private final Map<String, JournalPage> pages = new TreeMap<>();
    private String sender = "";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatADeadNodeSentTheOthersStillTell(long seed) {
        Scenario scenario = new Scenario(seed, Settings.cluster(NAMES.size()), 60_000);
        for (int alert = 0; alert < 8; alert++) {
            int which = alert;
            scenario.at(10, world -> world.flip(which));
        }
        scenario.at(25, world -> askAll(world, "before"));
        scenario.at(30, this::killSender);
        scenario.at(45, world -> askAll(world, "after"));
        scenario.run();

        JournalPage before = page("before n2");
        assertThat(before.silent()).isEmpty();
        assertThat(before.entries())
                .isEqualTo(page("before n1").entries())
                .isEqualTo(page("before n3").entries());
        List<String> sent = deliveries(before, sender);
        assertThat(sent).isNotEmpty();
        for (String asked : NAMES) {
            if (!asked.equals(sender)) {
                JournalPage after = page("after " + asked);
                assertThat(after.silent()).containsOnlyKeys(sender);
                assertThat(learned(after, sender)).containsAll(sent);
                for (String other : NAMES) {
                    if (!other.equals(sender)) {
                        assertThat(deliveries(after, other)).containsAll(deliveries(before, other));
                    }
                }
            }
        }
    }

    /** The node that delivered last dies. */
    private void killSender(World world) {
        sender = page("before n1").entries().stream()
                .filter(entry -> entry.event() instanceof NotificationEvent.Delivered)
                .findFirst()
                .orElseThrow()
                .node();
        world.control().kill(NAMES.indexOf(sender));
    }

    private void askAll(World world, String when) {
        for (int node = 0; node < NAMES.size(); node++) {
            String key = when + " " + NAMES.get(node);
            world.read(
                    node,
                    journals -> journals.query(NOTIFICATIONS, JournalCursor.NONE, 1000, PATIENCE)
                            .thenAccept(page -> pages.put(key, page)));
        }
    }

    private JournalPage page(String key) {
        return Objects.requireNonNull(pages.get(key), key);
    }

    private static String name(JournalEvent event, long sequence) {
        return event.groupKey() + " " + event.receiver() + " " + sequence;
    }

    private static List<String> deliveries(JournalPage page, String node) {
        return page.entries().stream()
                .filter(entry -> entry.node().equals(node))
                .map(JournalEntry::event)
                .filter(event -> event instanceof NotificationEvent.Delivered)
                .map(event -> name(event, ((NotificationEvent.Delivered) event).sequence()))
                .toList();
    }

    private static List<String> learned(JournalPage page, String sender) {
        return page.entries().stream()
                .map(JournalEntry::event)
                .filter(event -> event instanceof NotificationEvent.Learned learned
                        && learned.node().equals(sender))
                .map(event -> name(event, ((NotificationEvent.Learned) event).sequence()))
                .toList();
    }
}
