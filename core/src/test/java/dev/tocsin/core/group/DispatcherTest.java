package dev.tocsin.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.RouteBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private final DispatcherRig rig = new DispatcherRig();

    @Test
    void aNewGroupWaitsGroupWaitThenFlushesEachGroupInterval() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2));
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "1"));
        rig.at(7.5);
        assertThat(rig.ticks()).containsExactly(1.0, 3.0, 5.0, 7.0);
        assertThat(rig.flusher.last().groupKey()).isEqualTo("{}:{}");
    }

    @Test
    void alertsThatComeWithinTheWaitAreToldTogether() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(2, 5));
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "1"));
        rig.at(1);
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "2"));
        rig.at(2);
        assertThat(rig.flusher.flushes()).hasSize(1);
        assertThat(rig.flusher.last().alerts())
                .extracting(alert -> alert.labels().get("a"))
                .containsExactly("1", "2");
    }

    @Test
    void anAlertOlderThanTheWaitMakesItsNewGroupFlushAtOnce() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(30, 60));
        dispatcher.put(TestAlert.firing(rig.start.minusSeconds(600), "a", "1"));
        rig.at(0);
        assertThat(rig.ticks()).containsExactly(0.0);
        rig.at(61);
        assertThat(rig.ticks()).containsExactly(0.0, 60.0);
    }

    @Test
    void anAlertExactlyAsOldAsTheWaitStillWaits() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(30, 60));
        dispatcher.put(TestAlert.firing(rig.start.minusSeconds(30), "a", "1"));
        rig.at(29);
        assertThat(rig.ticks()).isEmpty();
    }

    @Test
    void anOldAlertThatJoinsAGroupDoesNotShortenItsWait() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(30, 60));
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "1"));
        rig.at(1);
        dispatcher.put(TestAlert.firing(rig.start.minusSeconds(600), "a", "2"));
        rig.at(29);
        assertThat(rig.ticks()).isEmpty();
        rig.at(30);
        assertThat(rig.flusher.last().alerts()).hasSize(2);
    }

    @Test
    void aFlushLongerThanTheIntervalMakesTheNextOneBeginRightAfterIt() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2));
        rig.flusher.latency(Duration.ofSeconds(10));
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "1"));
        rig.at(11);
        rig.flusher.latency(Duration.ZERO);
        assertThat(rig.begins()).containsExactly(1.0, 11.0);
        assertThat(rig.ticks()).containsExactly(1.0, 3.0);
        rig.at(21);
        rig.at(24);
        assertThat(rig.begins()).containsExactly(1.0, 11.0, 21.0, 23.0);
    }

    @Test
    void aSlowGroupDoesNotDelayAnother() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2, "a"));
        rig.flusher.latency(Duration.ofSeconds(60));
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "1"));
        rig.at(0.5);
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "2"));
        rig.at(1.5);
        assertThat(rig.begins()).containsExactly(1.0, 1.5);
    }

    @Test
    void theTimeoutIsTheIntervalButAtLeastTenSeconds() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(0, 2));
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "1"));
        rig.at(0);
        assertThat(rig.flusher.last().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(rig.flusher.last().deadline()).isEqualTo(rig.start.plusSeconds(10));
        dispatcher.stop();
        rig.started(DispatcherRig.tree(0, 300)).put(TestAlert.firing(rig.time.now(), "a", "1"));
        rig.at(0);
        assertThat(rig.flusher.last().timeout()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aResolvedAlertLeavesItsGroupOnceItWasTold() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2));
        Alert first = TestAlert.firing(rig.time.now(), "a", "1");
        Alert second = TestAlert.firing(rig.time.now(), "a", "2");
        dispatcher.put(first);
        dispatcher.put(second);
        rig.at(2);
        dispatcher.put(TestAlert.resolved(first, rig.time.now()));
        rig.at(3);
        assertThat(rig.flusher.last().alerts()).hasSize(2);
        rig.at(5);
        assertThat(rig.flusher.last().alerts()).containsExactly(second);
    }

    @Test
    void aFailedFlushKeepsResolvedAlertsForTheNextOne() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2));
        Alert alert = TestAlert.firing(rig.time.now(), "a", "1");
        dispatcher.put(alert);
        rig.at(2);
        dispatcher.put(TestAlert.resolved(alert, rig.time.now()));
        rig.flusher.answer(new FlushResult(false, null, List.of()));
        rig.at(5.5);
        rig.flusher.answer(new FlushResult(true, List.of(), List.of()));
        rig.at(20);
        assertThat(rig.ticks()).containsExactly(1.0, 3.0, 5.0, 7.0);
        assertThat(rig.flusher.last().alerts()).hasSize(1);
    }

    @Test
    void anAlertThatFiresAgainDuringTheFlushStaysInTheGroup() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 5));
        Alert alert = TestAlert.firing(rig.time.now(), "a", "1");
        dispatcher.put(alert);
        rig.at(2);
        dispatcher.put(TestAlert.resolved(alert, rig.time.now()));
        rig.flusher.latency(Duration.ofSeconds(1));
        rig.at(6.5);
        Alert again = TestAlert.firing(rig.time.now(), "a", "1");
        dispatcher.put(again);
        rig.at(11);
        assertThat(rig.ticks()).containsExactly(1.0, 6.0, 11.0);
        assertThat(rig.flusher.last().alerts()).containsExactly(again);
    }

    @Test
    void anAlertThatEndsByItselfDuringTheFlushIsNotForgotten() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 5));
        Alert alert = TestAlert.of(LabelSet.of("a", "1"), rig.start, rig.start.plusMillis(1500), rig.start);
        dispatcher.put(alert);
        rig.flusher.latency(Duration.ofSeconds(1));
        rig.at(1);
        assertThat(rig.flusher.last().at()).isBefore(alert.endsAt());
        rig.at(6);
        assertThat(rig.flusher.flushes()).hasSize(2);
        assertThat(rig.flusher.last().alerts()).containsExactly(alert);
    }

    @Test
    void aGroupWithoutAlertsIsOverAndLeavesAtMaintenance() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2));
        Alert alert = TestAlert.firing(rig.time.now(), "a", "1");
        dispatcher.put(alert);
        rig.at(1.5);
        dispatcher.put(TestAlert.resolved(alert, rig.time.now()));
        rig.at(29);
        assertThat(rig.ticks()).containsExactly(1.0, 3.0);
        assertThat(rig.groups()).hasSize(1);
        assertThat(rig.groupGauge()).isEqualTo(1);
        rig.at(30);
        assertThat(rig.groups()).isEmpty();
        assertThat(rig.groupGauge()).isZero();
    }

    @Test
    void anAlertForAGroupThatIsOverMakesANewGroupWithAFullWait() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2));
        Alert alert = TestAlert.firing(rig.time.now(), "a", "1");
        dispatcher.put(alert);
        rig.at(1.5);
        dispatcher.put(TestAlert.resolved(alert, rig.time.now()));
        rig.at(3.5);
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "1"));
        rig.at(6.6);
        assertThat(rig.ticks()).containsExactly(1.0, 3.0, 4.5, 6.5);
        assertThat(rig.groupGauge()).isEqualTo(1);
        rig.at(31);
        assertThat(rig.groups()).hasSize(1);
        assertThat(rig.groupGauge()).isEqualTo(1);
    }

    @Test
    void nothingFlushesBeforeTheStartDelayAndThenAllDueGroupsAtOnce() {
        Dispatcher dispatcher = rig.dispatcher(DispatcherRig.tree(1, 2, "a"), Duration.ofSeconds(5));
        dispatcher.load(List.of(TestAlert.firing(rig.start.minusSeconds(60), "a", "1")));
        dispatcher.start();
        rig.at(1);
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "2"));
        rig.at(4.5);
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "3"));
        assertThat(rig.flusher.flushes()).isEmpty();
        assertThat(rig.groups()).hasSize(3);
        assertThat(dispatcher.isRunning()).isFalse();
        rig.at(5);
        assertThat(dispatcher.isRunning()).isTrue();
        assertThat(rig.begins()).containsExactly(5.0, 5.0);
        rig.at(7.4);
        assertThat(rig.begins()).containsExactly(5.0, 5.0, 5.5, 7.0, 7.0);
    }

    @Test
    void theStartDelayCountsFromTheStartOfTheProcess() {
        rig.at(3);
        Dispatcher dispatcher = rig.dispatcher(DispatcherRig.tree(1, 10), Duration.ofSeconds(5));
        dispatcher.load(List.of(TestAlert.firing(rig.start, "a", "1")));
        dispatcher.start();
        rig.at(10);
        assertThat(rig.begins()).containsExactly(5.0);
    }

    @Test
    void aStoppedDispatcherCancelsItsFlushesAndDoesNothingMore() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2));
        rig.flusher.latency(Duration.ofSeconds(5));
        dispatcher.put(TestAlert.firing(rig.time.now(), "a", "1"));
        rig.at(2);
        dispatcher.stop();
        rig.at(60);
        assertThat(rig.flusher.cancelled()).isEqualTo(1);
        assertThat(rig.begins()).containsExactly(1.0);
    }

    @Test
    void anAlertThatMatchesSeveralNodesIsInAGroupOfEach() {
        Dispatcher dispatcher = rig.started(new RouteBuilder()
                .receiver("root")
                .wait(Duration.ZERO)
                .child(new RouteBuilder().receiver("a").match("team", "x").continueMatching())
                .child(new RouteBuilder().receiver("b").match("team", "x"))
                .tree());
        dispatcher.put(TestAlert.firing(rig.time.now(), "team", "x"));
        rig.at(0);
        assertThat(rig.flusher.flushes())
                .extracting(flush -> flush.route().options().receiver() + " " + flush.groupKey())
                .containsExactly("a {}/{team=\"x\"}:{}", "b {}/{team=\"x\"}:{}");
    }

    @Test
    void alertsStandInTheOrderOfNotifications() {
        Dispatcher dispatcher = rig.started(DispatcherRig.tree(1, 2));
        Instant now = rig.time.now();
        Alert noJob = TestAlert.firing(now, "alertname", "A");
        Alert noInstance = TestAlert.firing(now, "alertname", "A", "job", "b");
        Alert more = TestAlert.firing(now, "alertname", "A", "job", "b", "instance", "1", "x", "1");
        Alert fewer = TestAlert.firing(now, "alertname", "B", "job", "b", "instance", "1");
        Alert firstJob = TestAlert.firing(now, "alertname", "Z", "job", "a");
        List.of(noJob, noInstance, more, fewer, firstJob).forEach(dispatcher::put);
        rig.at(1);
        assertThat(rig.flusher.last().alerts()).containsExactly(firstJob, fewer, more, noInstance, noJob);
    }

    @Test
    void theHashOfAGroupKeyIsItsSha256() {
        assertThat(new GroupKey("{}:{}").hash())
                .isEqualTo("cc9772a1ec901d26ef71dae861793e4d08979fa5030a3f0a5f3ba549f1f2d0b6");
    }
}
