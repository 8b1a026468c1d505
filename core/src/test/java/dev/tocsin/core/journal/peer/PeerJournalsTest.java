package dev.tocsin.core.journal.peer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.ask.Answer;
import dev.tocsin.core.ask.Asks;
import dev.tocsin.core.journal.EventType;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.JournalPage;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerJournalsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final Map<String, Wire> wires = new TreeMap<>();
    private final Map<String, MemoryJournal> journals = new TreeMap<>();
    private final Map<String, PeerJournals> peers = new TreeMap<>();
    private final Set<String> dead = new HashSet<>();

    /** Asks without a network. */
    private final class Wire implements Asks {
        final String name;
        final Map<String, Answerer> answerers = new HashMap<>();

        Wire(String name) {
            this.name = name;
        }

        @Override
        public String self() {
            return name;
        }

        @Override
        public SortedSet<String> members() {
            return new TreeSet<>(wires.keySet());
        }

        @Override
        public CompletionStage<Answer> ask(String member, String question, byte[] content, Duration patience) {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            Answerer answerer =
                    requireNonNull(requireNonNull(wires.get(member)).answerers.get(question));
            if (dead.contains(member)) {
                time.schedule(patience, () -> answer.complete(new Answer.Silent("did not answer in time")));
            } else {
                time.execute(() -> answerer.answer(name, content)
                        .thenAccept(given -> time.execute(() -> answer.complete(new Answer.Given(given)))));
            }
            return answer;
        }

        @Override
        public void answer(String question, Answerer answerer) {
            answerers.put(question, answerer);
        }
    }

    @BeforeEach
    void join() {
        for (String name : List.of("a", "b", "c")) {
            journals.put(name, new MemoryJournal(name, time, new Metrics(new MetricRegistry()), 20_000, 50_000_000));
            wires.put(name, new Wire(name));
            peers.put(name, new PeerJournals(journal(name), requireNonNull(wires.get(name)), time, time, time));
        }
    }

    private MemoryJournal journal(String node) {
        return requireNonNull(journals.get(node));
    }

    private PeerJournals peer(String node) {
        return requireNonNull(peers.get(node));
    }

    private void append(String node, String receiver) {
        time.advance(Duration.ofMillis(10));
        journal(node).append(new GroupEvent.Grouped("g", receiver, 1, false));
    }

    private JournalPage query(JournalFilter filter, JournalCursor before, int limit) {
        return join(peer("a").query(filter, before, limit, PATIENCE));
    }

    private JournalPage read(JournalCursor from, int limit) {
        return join(peer("b").read(JournalFilter.ALL, from, limit, PATIENCE));
    }

    private JournalPage join(CompletionStage<JournalPage> page) {
        time.advance(PATIENCE);
        return page.toCompletableFuture().join();
    }

    private static List<String> told(JournalPage page) {
        return page.entries().stream()
                .map(entry -> entry.node() + ":" + entry.event().receiver())
                .toList();
    }

    @Test
    void allNodesAreAskedAndTheirAnswersMergedByTime() {
        append("a", "1");
        append("c", "2");
        append("b", "3");
        append("a", "4");
        JournalPage page = query(JournalFilter.ALL, JournalCursor.NONE, 10);
        assertThat(told(page)).containsExactly("a:4", "b:3", "c:2", "a:1");
        assertThat(page.more()).isFalse();
        assertThat(page.silent()).isEmpty();
        assertThat(told(read(JournalCursor.NONE, 10))).containsExactly("a:1", "c:2", "b:3", "a:4");
    }

    @Test
    void pagesNeitherRepeatNorLeaveOut() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String node = "abc".substring(i * 7 % 3, i * 7 % 3 + 1);
            append(node, Integer.toString(i));
            all.addFirst(node + ":" + i);
        }
        List<String> paged = new ArrayList<>();
        JournalPage page = query(JournalFilter.ALL, JournalCursor.NONE, 7);
        JournalCursor end = page.newer();
        paged.addAll(told(page));
        while (page.more()) {
            append("b", "later");
            page = query(JournalFilter.ALL, JournalCursor.parse(page.older().text()), 7);
            paged.addAll(told(page));
        }
        assertThat(paged).isEqualTo(all);
        assertThat(told(read(end, 100))).hasSize(5).containsOnly("b:later");
        List<String> forward = new ArrayList<>();
        JournalCursor at = JournalCursor.NONE;
        do {
            page = read(at, 7);
            forward.addAll(told(page));
            at = page.newer();
        } while (page.more());
        assertThat(forward.subList(0, 40)).isEqualTo(all.reversed());
        assertThat(forward).hasSize(45);
        assertThat(told(read(at, 7))).isEmpty();
    }

    @Test
    void aNodeThatDoesNotAnswerIsNamedAndHeardLater() {
        append("a", "1");
        append("c", "2");
        dead.add("c");
        JournalPage page = query(JournalFilter.ALL, JournalCursor.NONE, 10);
        assertThat(told(page)).containsExactly("a:1");
        assertThat(page.silent()).isEqualTo(Map.of("c", "did not answer in time"));
        append("c", "3");
        JournalPage next = read(page.newer(), 10);
        assertThat(told(next)).isEmpty();
        dead.clear();
        assertThat(told(read(next.newer(), 10))).containsExactly("c:3");
    }

    @Test
    void filtersTravel() {
        append("a", "1");
        append("b", "2");
        journal("b").append(new HubEvent.Started("1"));
        assertThat(told(query(JournalFilter.ALL.receiver("2"), JournalCursor.NONE, 10)))
                .containsExactly("b:2");
        assertThat(query(JournalFilter.ALL.types(Set.of(EventType.STARTED)), JournalCursor.NONE, 10)
                        .entries())
                .extracting(JournalEntry::event)
                .containsExactly(new HubEvent.Started("1"));
        assertThat(told(query(JournalFilter.ALL.groupKey("g").fingerprint(1L), JournalCursor.NONE, 10)))
                .containsExactly("b:2", "a:1");
    }

    @Test
    void aLargeAnswerIsCutAndGoesOn() {
        String large = "x".repeat(2000);
        for (int i = 0; i < 600; i++) {
            journal("b").append(new HubEvent.Started(i + large));
        }
        List<Long> offsets = new ArrayList<>();
        JournalCursor before = JournalCursor.NONE;
        JournalPage page;
        do {
            page = query(JournalFilter.ALL, before, 10_000);
            page.entries().forEach(entry -> offsets.add(entry.offset()));
            before = page.older();
        } while (page.more());
        assertThat(offsets)
                .hasSize(600)
                .isSortedAccordingTo((x, y) -> Long.compare(y, x))
                .doesNotHaveDuplicates();
    }

    @Test
    void listenersHearOfGrowthAnywhere() {
        List<String> heard = new ArrayList<>();
        Cancellable listening = peer("a").listen(() -> heard.add("grown"));
        time.advance(Duration.ofSeconds(2));
        heard.clear();
        append("c", "1");
        time.advance(Duration.ofMillis(100));
        assertThat(heard).isNotEmpty();
        heard.clear();
        append("a", "1");
        time.advance(Duration.ofMillis(100));
        assertThat(heard).hasSize(1);
        heard.clear();
        time.advance(Duration.ofMinutes(1));
        assertThat(heard).isEmpty();
        dead.add("b");
        time.advance(Duration.ofMinutes(1));
        append("b", "1");
        time.advance(Duration.ofMinutes(1));
        heard.clear();
        dead.clear();
        time.advance(Duration.ofMinutes(1));
        assertThat(heard).isNotEmpty();
        listening.cancel();
        time.advance(Duration.ofSeconds(1));
        heard.clear();
        append("c", "2");
        time.advance(Duration.ofMinutes(1));
        assertThat(heard).isEmpty();
    }
}
