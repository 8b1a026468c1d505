package dev.tocsin.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.dedup.DedupVerdict;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.GroupExplanation;
import dev.tocsin.core.explain.IntegrationExplanation;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.explain.StageVerdict;
import dev.tocsin.core.group.GroupMoment;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.label.LabelSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a flush a nanosecond before it is what then happens, whatever the configuration and the alerts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainAgreesTest {
    private static final int STEPS = 60;

    private final Set<String> seen = new TreeSet<>();

    @AfterAll
    void everyDecisionHasBeenSeen() {
        assertThat(seen)
                .contains(
                        "INHIBITION",
                        "SILENCES",
                        "TIME_INTERVALS",
                        "all alerts resolved",
                        "all alerts resolved, skipped",
                        "first notification",
                        "new alerts added",
                        "quiet, already notified and the repeat interval has not elapsed",
                        "quiet, nothing fires and nothing was notified as firing",
                        "repeat interval elapsed",
                        "some alerts resolved");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void withWhatHappensAtTheNextFlush(long seed) {
        RandomHub world = new RandomHub(seed);
        int compared = 0;
        for (int step = 0; step < STEPS; step++) {
            world.step();
            compared += flushNext(world);
        }
        assertThat(compared).as("flushes that were compared").isGreaterThan(STEPS / 4);
    }

    /** Lets time pass until a group is due and compares what was said of it with what it does. */
    private int flushNext(RandomHub world) {
        TestHub hub = world.hub();
        Instant next = null;
        for (Explanation explanation : explain(world).values()) {
            for (GroupExplanation group : explanation.groups()) {
                GroupMoment moment = group.moment();
                if (moment != null && (next == null || moment.nextFlush().isBefore(next))) {
                    next = moment.nextFlush();
                }
            }
        }
        if (next == null || !next.isAfter(hub.time().now())) {
            return 0;
        }
        world.advanceJustBefore(Duration.between(hub.time().now(), next));
        Map<LabelSet, Explanation> said = explain(world);
        assertThat(hub.time().now()).as("asking takes no time").isEqualTo(next.minusNanos(1));
        JournalCursor before =
                JournalCursor.of(hub.journal().node(), hub.journal().next());
        hub.time().advance(Duration.ofNanos(1));
        List<JournalEvent> done = hub.journal().read(JournalFilter.ALL, before, 1000).entries().stream()
                .map(JournalEntry::event)
                .toList();
        return compare(said, next, done);
    }

    private static Map<LabelSet, Explanation> explain(RandomHub world) {
        Map<LabelSet, Explanation> explanations = new TreeMap<>();
        for (LabelSet labels : world.alerts()) {
            explanations.put(labels, world.hub().explain(Question.of(labels)));
        }
        return explanations;
    }

    private int compare(Map<LabelSet, Explanation> said, Instant due, List<JournalEvent> done) {
        Map<String, Integer> compared = new HashMap<>();
        said.forEach((labels, explanation) -> {
            for (GroupExplanation group : explanation.groups()) {
                GroupMoment moment = group.moment();
                boolean flushes = moment != null
                        && moment.state() == GroupMoment.State.IDLE
                        && moment.nextFlush().equals(due)
                        && group.member();
                if (flushes) {
                    String where = group.groupKey() + " of " + group.receiver();
                    assertThat(mutedBy(group, labels.fingerprint(), done))
                            .as("what muted %s in %s", labels, where)
                            .isEqualTo(saidMutedBy(group));
                    assertThat(notified(group, done))
                            .as("what %s did, said because of %s: %s", where, labels, explanation.sentence())
                            .isEqualTo(saidNotified(group));
                    saidMutedBy(group).forEach(stage -> seen.add(stage.name()));
                    seen.addAll(saidNotified(group).values());
                    compared.merge(where, 1, Integer::sum);
                }
            }
        });
        return compared.size();
    }

    private static List<StageVerdict.Stage> saidMutedBy(GroupExplanation group) {
        return group.stages().stream()
                .filter(StageVerdict::decides)
                .map(StageVerdict::stage)
                .toList();
    }

    private static List<StageVerdict.Stage> mutedBy(GroupExplanation group, long fingerprint, List<JournalEvent> done) {
        List<StageVerdict.Stage> stages = new ArrayList<>();
        for (JournalEvent event : done) {
            if (!event.groupKey().equals(group.groupKey())) {
                continue;
            }
            switch (event) {
                case GroupEvent.Inhibited inhibited -> {
                    if (inhibited.causes().stream().anyMatch(cause -> cause.fingerprint() == fingerprint)) {
                        stages.add(StageVerdict.Stage.INHIBITION);
                    }
                }
                case GroupEvent.IntervalMuted muted
                when muted.concerns(fingerprint) -> stages.add(StageVerdict.Stage.TIME_INTERVALS);
                case GroupEvent.Silenced silenced
                when silenced.concerns(fingerprint) -> stages.add(StageVerdict.Stage.SILENCES);
                default -> {}
            }
        }
        return stages;
    }

    /** What each integration decides, by name. */
    private static Map<String, String> saidNotified(GroupExplanation group) {
        Map<String, String> said = new TreeMap<>();
        for (IntegrationExplanation one : group.integrations()) {
            switch (one.verdict()) {
                case DedupVerdict.Send send ->
                    said.put(one.integration(), send.reason().text() + (one.sends() ? "" : ", skipped"));
                case DedupVerdict.Quiet quiet ->
                    said.put(one.integration(), "quiet, " + quiet.why().text());
                case null -> {}
            }
        }
        return said;
    }

    private static Map<String, String> notified(GroupExplanation group, List<JournalEvent> done) {
        Map<String, String> notified = new TreeMap<>();
        for (JournalEvent event : done) {
            if (event instanceof NotificationEvent one && one.groupKey().equals(group.groupKey())) {
                switch (one) {
                    case NotificationEvent.Claimed claimed ->
                        notified.put(one.to().integration(), claimed.cause().text());
                    case NotificationEvent.Skipped skipped ->
                        notified.merge(one.to().integration(), ", skipped", String::concat);
                    case NotificationEvent.Deduplicated quiet ->
                        notified.put(one.to().integration(), "quiet, " + quiet.why());
                    default -> {}
                }
            }
        }
        return notified;
    }
}
