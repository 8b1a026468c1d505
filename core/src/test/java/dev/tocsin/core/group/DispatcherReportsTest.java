package dev.tocsin.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.route.RouteBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the dispatcher tells of its groups: marks, metrics, the journal. */
class DispatcherReportsTest {
    private final DispatcherRig rig = new DispatcherRig();

    @Test
    void theMarkOfAMutedGroupLastsUntilAFlushThatKnowsBetter() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2));
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "1"));
        rig.flusher.answer(new FlushResult(true, List.of("off", "off"), List.of()));
        rig.at(1);
        assertThat(rig.groups().get(0).mutedBy()).containsExactly("off", "off");
        rig.flusher.answer(new FlushResult(true, null, List.of()));
        rig.at(3);
        assertThat(rig.groups().get(0).mutedBy()).containsExactly("off", "off");
        rig.flusher.answer(new FlushResult(true, List.of(), List.of()));
        rig.at(5);
        assertThat(rig.groups().get(0).mutedBy()).isEmpty();
    }

    @Test
    void theMarkOutlivesAReloadButNotItsGroup() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2, "a"));
        rig.flusher.answer(new FlushResult(true, List.of("off"), List.of()));
        Alert kept = TestAlert.firing(rig.time.now(), "a", "1");
        Alert gone = TestAlert.firing(rig.time.now(), "a", "2");
        dispatcher.put(kept);
        dispatcher.put(gone);
        rig.at(1);
        dispatcher.stop();
        Dispatcher next = rig.dispatcher(DispatcherRig.tree(60, 60, "a"), Duration.ZERO);
        next.load(List.of(kept));
        next.start();
        assertThat(rig.groups())
                .singleElement()
                .satisfies(group -> assertThat(group.mutedBy()).containsExactly("off"));
        assertThat(rig.marks.get(new GroupId("{}", "{}:{a=\"2\"}"))).isEmpty();
    }

    @Test
    void maintenanceForgetsTheMarksOfGroupsThatAreOver() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2));
        Alert alert = TestAlert.firing(rig.time.now(), "a", "1");
        dispatcher.put(TestAlert.resolved(alert, rig.time.now()));
        rig.flusher.answer(new FlushResult(true, List.of("off"), List.of()));
        rig.at(1);
        assertThat(rig.marks.isEmpty()).isFalse();
        rig.at(30);
        assertThat(rig.marks.isEmpty()).isTrue();
    }

    @Test
    void theGaugeTellsEachAlertOnceWithItsStrongestState() {
        new AlertsGauge(rig.metrics, false, rig.time, () -> rig.current);
        Dispatcher dispatcher = rig.dispatcher(
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
        rig.metrics.collect();
        assertThat(rig.metrics.gauge("alertmanager_alerts", "", "state").children())
                .isEmpty();
        dispatcher.start();
        dispatcher.put(TestAlert.firing(rig.time.now(), "team", "x"));
        dispatcher.put(TestAlert.firing(rig.time.now(), "team", "y"));
        assertThat(counts()).containsExactly(2.0, 0.0, 0.0);
        rig.flusher.suppress(
                flush -> flush.route().options().receiver().equals("b") ? flush.alerts() : List.<Alert>of());
        rig.at(1);
        assertThat(counts()).containsExactly(0.0, 1.0, 1.0);
        dispatcher.stop();
        rig.metrics.collect();
        assertThat(rig.metrics.gauge("alertmanager_alerts", "", "state").children())
                .isEmpty();
    }

    @Test
    void theGaugePerGroupForgetsGroupsThatAreOver() {
        new AlertsGauge(rig.metrics, true, rig.time, () -> rig.current);
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2, "a"));
        Alert alert = TestAlert.firing(rig.time.now(), "a", "1");
        dispatcher.put(alert);
        rig.at(1);
        rig.metrics.collect();
        assertThat(rig.metrics
                        .gauge("alertmanager_alerts", "", "state", "group_key")
                        .labels("active", "{}:{a=\"1\"}")
                        .value())
                .isEqualTo(1);
        dispatcher.put(TestAlert.resolved(alert, rig.time.now()));
        rig.at(3);
        rig.metrics.collect();
        assertThat(rig.metrics
                        .gauge("alertmanager_alerts", "", "state", "group_key")
                        .children())
                .isEmpty();
    }

    private List<Double> counts() {
        rig.metrics.collect();
        return List.of("unprocessed", "active", "suppressed").stream()
                .map(state -> rig.metrics
                        .gauge("alertmanager_alerts", "", "state")
                        .labels(state)
                        .value())
                .toList();
    }

    @Test
    void theJournalHearsOfGroupsAndFlushesButNotOfResends() {
        Dispatcher dispatcher = rig.dispatcher(DispatcherRig.tree(1, 2, "a"), Duration.ZERO);
        dispatcher.load(List.of(TestAlert.firing(rig.time.now(), "a", "loaded")));
        dispatcher.start();
        Alert alert = TestAlert.firing(rig.time.now(), "a", "1");
        dispatcher.put(alert);
        dispatcher.put(alert);
        rig.at(0.5);
        assertThat(events())
                .containsExactly(
                        new AlertEvent.Routed(alert.fingerprint(), List.of("{}"), List.of("r")),
                        new GroupEvent.Grouped("{}:{a=\"1\"}", "r", alert.fingerprint(), true));
        rig.at(1);
        assertThat(events())
                .contains(new GroupEvent.Flushed(
                        "{}:{a=\"1\"}", "r", Fingerprints.of(alert.fingerprint()), Fingerprints.NONE));
    }

    private List<JournalEvent> events() {
        return rig.journal.query(JournalFilter.ALL, JournalCursor.NONE, 100).entries().stream()
                .map(entry -> entry.event())
                .toList();
    }
}
