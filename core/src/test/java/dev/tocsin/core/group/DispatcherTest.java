package dev.tocsin.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.route.RouteBuilder;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private final VirtualTime time = new VirtualTime();
    private final Instant start = time.now();
    private final RecordingFlusher flusher = new RecordingFlusher(time);
    private final TimeMuteMarks marks = new TimeMuteMarks();
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final MemoryJournal journal = new MemoryJournal("a", time, metrics, 100, 100_000);
    private @Nullable Dispatcher current;

    private Dispatcher dispatcher(RouteTree tree, Duration startDelay) {
        Dispatcher made = new Dispatcher(
                tree,
                flusher,
                new Turns.AlwaysOurs(),
                marks,
                RouteLabels.AS_WRITTEN,
                time,
                time,
                metrics,
                journal,
                EventRecorder.NONE,
                new DispatcherOptions(Duration.ofSeconds(30), startDelay, start));
        current = made;
        return made;
    }

    private Dispatcher started(RouteTree tree) {
        Dispatcher made = dispatcher(tree, Duration.ZERO);
        made.load(List.of());
        made.start();
        return made;
    }

    private static RouteTree tree(int waitSeconds, int intervalSeconds, String... groupBy) {
        return new RouteBuilder()
                .receiver("r")
                .groupBy(groupBy)
                .wait(Duration.ofSeconds(waitSeconds))
                .interval(Duration.ofSeconds(intervalSeconds))
                .tree();
    }

    private void at(double second) {
        time.advance(Duration.between(time.now(), start.plusMillis(Math.round(second * 1000))));
    }

    private List<Double> ticks() {
        return flusher.flushes().stream()
                .map(flush -> Duration.between(start, flush.tick()).toMillis() / 1000.0)
                .toList();
    }

    private List<Double> begins() {
        return flusher.flushes().stream()
                .map(flush -> Duration.between(start, flush.at()).toMillis() / 1000.0)
                .toList();
    }

    private List<AggregationGroup> groups() {
        List<AggregationGroup> all = new ArrayList<>();
        if (current != null) {
            current.forEachGroup(all::add);
        }
        return all;
    }

    private double groupGauge() {
        return metrics.gauge("alertmanager_dispatcher_aggregation_groups", "")
                .labels()
                .value();
    }

    @Test
    void aNewGroupWaitsGroupWaitThenFlushesEachGroupInterval() {
        Dispatcher dispatcher = started(tree(1, 2));
        dispatcher.put(TestAlert.firing(time.now(), "a", "1"));
        at(7.5);
        assertThat(ticks()).containsExactly(1.0, 3.0, 5.0, 7.0);
        assertThat(flusher.last().groupKey()).isEqualTo("{}:{}");
    }

    @Test
    void alertsThatComeWithinTheWaitAreToldTogether() {
        Dispatcher dispatcher = started(tree(2, 5));
        dispatcher.put(TestAlert.firing(time.now(), "a", "1"));
        at(1);
        dispatcher.put(TestAlert.firing(time.now(), "a", "2"));
        at(2);
        assertThat(flusher.flushes()).hasSize(1);
        assertThat(flusher.last().alerts())
                .extracting(alert -> alert.labels().get("a"))
                .containsExactly("1", "2");
    }

    @Test
    void anAlertOlderThanTheWaitMakesItsNewGroupFlushAtOnce() {
        Dispatcher dispatcher = started(tree(30, 60));
        dispatcher.put(TestAlert.firing(start.minusSeconds(600), "a", "1"));
        at(0);
        assertThat(ticks()).containsExactly(0.0);
        at(61);
        assertThat(ticks()).containsExactly(0.0, 60.0);
    }

    @Test
    void anAlertExactlyAsOldAsTheWaitStillWaits() {
        Dispatcher dispatcher = started(tree(30, 60));
        dispatcher.put(TestAlert.firing(start.minusSeconds(30), "a", "1"));
        at(29);
        assertThat(ticks()).isEmpty();
    }

    @Test
    void anOldAlertThatJoinsAGroupDoesNotShortenItsWait() {
        Dispatcher dispatcher = started(tree(30, 60));
        dispatcher.put(TestAlert.firing(time.now(), "a", "1"));
        at(1);
        dispatcher.put(TestAlert.firing(start.minusSeconds(600), "a", "2"));
        at(29);
        assertThat(ticks()).isEmpty();
        at(30);
        assertThat(flusher.last().alerts()).hasSize(2);
    }

    @Test
    void aFlushLongerThanTheIntervalMakesTheNextOneBeginRightAfterIt() {
        Dispatcher dispatcher = started(tree(1, 2));
        flusher.latency(Duration.ofSeconds(10));
        dispatcher.put(TestAlert.firing(time.now(), "a", "1"));
        at(11);
        flusher.latency(Duration.ZERO);
        assertThat(begins()).containsExactly(1.0, 11.0);
        assertThat(ticks()).containsExactly(1.0, 3.0);
        at(21);
        at(24);
        assertThat(begins()).containsExactly(1.0, 11.0, 21.0, 23.0);
    }

    @Test
    void aSlowGroupDoesNotDelayAnother() {
        Dispatcher dispatcher = started(tree(1, 2, "a"));
        flusher.latency(Duration.ofSeconds(60));
        dispatcher.put(TestAlert.firing(time.now(), "a", "1"));
        at(0.5);
        dispatcher.put(TestAlert.firing(time.now(), "a", "2"));
        at(1.5);
        assertThat(begins()).containsExactly(1.0, 1.5);
    }

    @Test
    void theTimeoutIsTheIntervalButAtLeastTenSeconds() {
        Dispatcher dispatcher = started(tree(0, 2));
        dispatcher.put(TestAlert.firing(time.now(), "a", "1"));
        at(0);
        assertThat(flusher.last().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(flusher.last().deadline()).isEqualTo(start.plusSeconds(10));
        dispatcher.stop();
        started(tree(0, 300)).put(TestAlert.firing(time.now(), "a", "1"));
        at(0);
        assertThat(flusher.last().timeout()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aResolvedAlertLeavesItsGroupOnceItWasTold() {
        Dispatcher dispatcher = started(tree(1, 2));
        Alert first = TestAlert.firing(time.now(), "a", "1");
        Alert second = TestAlert.firing(time.now(), "a", "2");
        dispatcher.put(first);
        dispatcher.put(second);
        at(2);
        dispatcher.put(TestAlert.resolved(first, time.now()));
        at(3);
        assertThat(flusher.last().alerts()).hasSize(2);
        at(5);
        assertThat(flusher.last().alerts()).containsExactly(second);
    }

    @Test
    void aFailedFlushKeepsResolvedAlertsForTheNextOne() {
        Dispatcher dispatcher = started(tree(1, 2));
        Alert alert = TestAlert.firing(time.now(), "a", "1");
        dispatcher.put(alert);
        at(2);
        dispatcher.put(TestAlert.resolved(alert, time.now()));
        flusher.answer(new FlushResult(false, null, List.of()));
        at(5.5);
        flusher.answer(new FlushResult(true, List.of(), List.of()));
        at(20);
        assertThat(ticks()).containsExactly(1.0, 3.0, 5.0, 7.0);
        assertThat(flusher.last().alerts()).hasSize(1);
    }

    @Test
    void anAlertThatFiresAgainDuringTheFlushStaysInTheGroup() {
        Dispatcher dispatcher = started(tree(1, 5));
        Alert alert = TestAlert.firing(time.now(), "a", "1");
        dispatcher.put(alert);
        at(2);
        dispatcher.put(TestAlert.resolved(alert, time.now()));
        flusher.latency(Duration.ofSeconds(1));
        at(6.5);
        Alert again = TestAlert.firing(time.now(), "a", "1");
        dispatcher.put(again);
        at(11);
        assertThat(ticks()).containsExactly(1.0, 6.0, 11.0);
        assertThat(flusher.last().alerts()).containsExactly(again);
    }

    @Test
    void anAlertThatEndsByItselfDuringTheFlushIsNotForgotten() {
        Dispatcher dispatcher = started(tree(1, 5));
        Alert alert = TestAlert.of(LabelSet.of("a", "1"), start, start.plusMillis(1500), start);
        dispatcher.put(alert);
        flusher.latency(Duration.ofSeconds(1));
        at(1);
        assertThat(flusher.last().at()).isBefore(alert.endsAt());
        at(6);
        assertThat(flusher.flushes()).hasSize(2);
        assertThat(flusher.last().alerts()).containsExactly(alert);
    }

    @Test
    void aGroupWithoutAlertsIsOverAndLeavesAtMaintenance() {
        Dispatcher dispatcher = started(tree(1, 2));
        Alert alert = TestAlert.firing(time.now(), "a", "1");
        dispatcher.put(alert);
        at(1.5);
        dispatcher.put(TestAlert.resolved(alert, time.now()));
        at(29);
        assertThat(ticks()).containsExactly(1.0, 3.0);
        assertThat(groups()).hasSize(1);
        assertThat(groupGauge()).isEqualTo(1);
        at(30);
        assertThat(groups()).isEmpty();
        assertThat(groupGauge()).isZero();
    }

    @Test
    void anAlertForAGroupThatIsOverMakesANewGroupWithAFullWait() {
        Dispatcher dispatcher = started(tree(1, 2));
        Alert alert = TestAlert.firing(time.now(), "a", "1");
        dispatcher.put(alert);
        at(1.5);
        dispatcher.put(TestAlert.resolved(alert, time.now()));
        at(3.5);
        dispatcher.put(TestAlert.firing(time.now(), "a", "1"));
        at(6.6);
        assertThat(ticks()).containsExactly(1.0, 3.0, 4.5, 6.5);
        assertThat(groupGauge()).isEqualTo(1);
        at(31);
        assertThat(groups()).hasSize(1);
        assertThat(groupGauge()).isEqualTo(1);
    }

    @Test
    void nothingFlushesBeforeTheStartDelayAndThenAllDueGroupsAtOnce() {
        Dispatcher dispatcher = dispatcher(tree(1, 2, "a"), Duration.ofSeconds(5));
        dispatcher.load(List.of(TestAlert.firing(start.minusSeconds(60), "a", "1")));
        dispatcher.start();
        at(1);
        dispatcher.put(TestAlert.firing(time.now(), "a", "2"));
        at(4.5);
        dispatcher.put(TestAlert.firing(time.now(), "a", "3"));
        assertThat(flusher.flushes()).isEmpty();
        assertThat(groups()).hasSize(3);
        assertThat(dispatcher.isRunning()).isFalse();
        at(5);
        assertThat(dispatcher.isRunning()).isTrue();
        assertThat(begins()).containsExactly(5.0, 5.0);
        at(7.4);
        assertThat(begins()).containsExactly(5.0, 5.0, 5.5, 7.0, 7.0);
    }

    @Test
    void theStartDelayCountsFromTheStartOfTheProcess() {
        at(3);
        Dispatcher dispatcher = dispatcher(tree(1, 10), Duration.ofSeconds(5));
        dispatcher.load(List.of(TestAlert.firing(start, "a", "1")));
        dispatcher.start();
        at(10);
        assertThat(begins()).containsExactly(5.0);
    }

    @Test
    void aStoppedDispatcherCancelsItsFlushesAndDoesNothingMore() {
        Dispatcher dispatcher = started(tree(1, 2));
        flusher.latency(Duration.ofSeconds(5));
        dispatcher.put(TestAlert.firing(time.now(), "a", "1"));
        at(2);
        dispatcher.stop();
        at(60);
        assertThat(flusher.cancelled()).isEqualTo(1);
        assertThat(begins()).containsExactly(1.0);
    }

    @Test
    void anAlertThatMatchesSeveralNodesIsInAGroupOfEach() {
        Dispatcher dispatcher = started(new RouteBuilder()
                .receiver("root")
                .wait(Duration.ZERO)
                .child(new RouteBuilder().receiver("a").match("team", "x").continueMatching())
                .child(new RouteBuilder().receiver("b").match("team", "x"))
                .tree());
        dispatcher.put(TestAlert.firing(time.now(), "team", "x"));
        at(0);
        assertThat(flusher.flushes())
                .extracting(flush -> flush.route().options().receiver() + " " + flush.groupKey())
                .containsExactly("a {}/{team=\"x\"}:{}", "b {}/{team=\"x\"}:{}");
    }

    @Test
    void alertsStandInTheOrderOfNotifications() {
        Dispatcher dispatcher = started(tree(1, 2));
        Instant now = time.now();
        Alert noJob = TestAlert.firing(now, "alertname", "A");
        Alert noInstance = TestAlert.firing(now, "alertname", "A", "job", "b");
        Alert more = TestAlert.firing(now, "alertname", "A", "job", "b", "instance", "1", "x", "1");
        Alert fewer = TestAlert.firing(now, "alertname", "B", "job", "b", "instance", "1");
        Alert firstJob = TestAlert.firing(now, "alertname", "Z", "job", "a");
        List.of(noJob, noInstance, more, fewer, firstJob).forEach(dispatcher::put);
        at(1);
        assertThat(flusher.last().alerts()).containsExactly(firstJob, fewer, more, noInstance, noJob);
    }

    @Test
    void theMarkOfAMutedGroupLastsUntilAFlushThatKnowsBetter() {
        Dispatcher dispatcher = started(tree(1, 2));
        dispatcher.put(TestAlert.firing(time.now(), "a", "1"));
        flusher.answer(new FlushResult(true, List.of("off", "off"), List.of()));
        at(1);
        assertThat(groups().get(0).mutedBy()).containsExactly("off", "off");
        flusher.answer(new FlushResult(true, null, List.of()));
        at(3);
        assertThat(groups().get(0).mutedBy()).containsExactly("off", "off");
        flusher.answer(new FlushResult(true, List.of(), List.of()));
        at(5);
        assertThat(groups().get(0).mutedBy()).isEmpty();
    }

    @Test
    void theMarkOutlivesAReloadButNotItsGroup() {
        Dispatcher dispatcher = started(tree(1, 2, "a"));
        flusher.answer(new FlushResult(true, List.of("off"), List.of()));
        Alert kept = TestAlert.firing(time.now(), "a", "1");
        Alert gone = TestAlert.firing(time.now(), "a", "2");
        dispatcher.put(kept);
        dispatcher.put(gone);
        at(1);
        dispatcher.stop();
        Dispatcher next = dispatcher(tree(60, 60, "a"), Duration.ZERO);
        next.load(List.of(kept));
        next.start();
        assertThat(groups())
                .singleElement()
                .satisfies(group -> assertThat(group.mutedBy()).containsExactly("off"));
        assertThat(marks.get(new GroupId("{}", "{}:{a=\"2\"}"))).isEmpty();
    }

    @Test
    void maintenanceForgetsTheMarksOfGroupsThatAreOver() {
        Dispatcher dispatcher = started(tree(1, 2));
        Alert alert = TestAlert.firing(time.now(), "a", "1");
        dispatcher.put(TestAlert.resolved(alert, time.now()));
        flusher.answer(new FlushResult(true, List.of("off"), List.of()));
        at(1);
        assertThat(marks.isEmpty()).isFalse();
        at(30);
        assertThat(marks.isEmpty()).isTrue();
    }

    @Test
    void theGaugeTellsEachAlertOnceWithItsStrongestState() {
        new AlertsGauge(metrics, false, time, () -> current);
        Dispatcher dispatcher = dispatcher(
                new RouteBuilder()
                        .receiver("root")
                        .wait(Duration.ofSeconds(1))
                        .child(new RouteBuilder()
                                .receiver("a")
                                .match("team", "x")
                                .continueMatching())
                        .child(new RouteBuilder().receiver("b").match("team", "x"))
                        .tree(),
                Duration.ZERO);
        metrics.collect();
        assertThat(metrics.gauge("alertmanager_alerts", "", "state").children()).isEmpty();
        dispatcher.start();
        dispatcher.put(TestAlert.firing(time.now(), "team", "x"));
        dispatcher.put(TestAlert.firing(time.now(), "team", "y"));
        assertThat(counts()).containsExactly(2.0, 0.0, 0.0);
        flusher.suppress(flush -> flush.route().options().receiver().equals("b") ? flush.alerts() : List.<Alert>of());
        at(1);
        assertThat(counts()).containsExactly(0.0, 1.0, 1.0);
        dispatcher.stop();
        metrics.collect();
        assertThat(metrics.gauge("alertmanager_alerts", "", "state").children()).isEmpty();
    }

    @Test
    void theGaugePerGroupForgetsGroupsThatAreOver() {
        new AlertsGauge(metrics, true, time, () -> current);
        Dispatcher dispatcher = started(tree(1, 2, "a"));
        Alert alert = TestAlert.firing(time.now(), "a", "1");
        dispatcher.put(alert);
        at(1);
        metrics.collect();
        assertThat(metrics.gauge("alertmanager_alerts", "", "state", "group_key")
                        .labels("active", "{}:{a=\"1\"}")
                        .value())
                .isEqualTo(1);
        dispatcher.put(TestAlert.resolved(alert, time.now()));
        at(3);
        metrics.collect();
        assertThat(metrics.gauge("alertmanager_alerts", "", "state", "group_key")
                        .children())
                .isEmpty();
    }

    private List<Double> counts() {
        metrics.collect();
        return List.of("unprocessed", "active", "suppressed").stream()
                .map(state -> metrics.gauge("alertmanager_alerts", "", "state")
                        .labels(state)
                        .value())
                .toList();
    }

    @Test
    void theHashOfAGroupKeyIsItsSha256() {
        assertThat(new GroupKey("{}:{}").hash())
                .isEqualTo("cc9772a1ec901d26ef71dae861793e4d08979fa5030a3f0a5f3ba549f1f2d0b6");
    }

    @Test
    void theJournalHearsOfGroupsAndFlushesButNotOfResends() {
        Dispatcher dispatcher = dispatcher(tree(1, 2, "a"), Duration.ZERO);
        dispatcher.load(List.of(TestAlert.firing(time.now(), "a", "loaded")));
        dispatcher.start();
        Alert alert = TestAlert.firing(time.now(), "a", "1");
        dispatcher.put(alert);
        dispatcher.put(alert);
        at(0.5);
        assertThat(events())
                .containsExactly(
                        new AlertEvent.Routed(alert.fingerprint(), List.of("{}"), List.of("r")),
                        new GroupEvent.Grouped("{}:{a=\"1\"}", "r", alert.fingerprint(), true));
        at(1);
        assertThat(events())
                .contains(new GroupEvent.Flushed(
                        "{}:{a=\"1\"}", "r", Fingerprints.of(alert.fingerprint()), Fingerprints.NONE));
    }

    private List<JournalEvent> events() {
        return journal.query(JournalFilter.ALL, JournalCursor.NONE, 100).entries().stream()
                .map(entry -> entry.event())
                .toList();
    }
}
