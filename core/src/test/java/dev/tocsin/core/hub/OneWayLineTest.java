package dev.tocsin.core.hub;

import static dev.tocsin.core.hub.Posted.alert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.notify.ScriptedNotifier;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Alerts from POST to notification, through every room: the contract's acceptance scenarios (section 12.2) and worked
 * timelines (13.1, 13.2) on virtual time. Alerts posted at second 1 make groups at second 1.
 */
class OneWayLineTest {
    private static String config(String route, String rest) {
        return "route: {receiver: default, " + route + "}\n"
                + "receivers: [{name: default, webhook_configs: [{url: a}]}]\n" + rest;
    }

    private static final String EACH_SECOND = "group_wait: 1s, group_interval: 1s, repeat_interval: 1ms";

    @Test
    void repeatsComeWithEachIntervalAndTheResolvedAlertOnce() {
        TestHub hub = TestHub.start(config("group_by: [alertname], " + EACH_SECOND, ""));
        hub.post(1, alert("test").from(1));
        hub.post(3.4, alert("test").from(1).to(3.4));
        hub.at(8);
        assertThat(hub.sent("a")).containsExactly("2.0 test[1.0-]", "3.0 test[1.0-]", "4.0 test[1.0-3.4]");
    }

    @Test
    void reportsOfOneAlertMergeAndReactivationsDoNot() {
        TestHub hub = TestHub.start(config("group_by: [alertname], " + EACH_SECOND, ""));
        hub.post(1, alert("test").from(1.1));
        hub.post(1.2, alert("test").from(1));
        hub.post(2.1, alert("test").from(2).annotate("ann", "v1"));
        hub.post(3.6, alert("test").from(1.5).annotate("ann", "v2"));
        hub.post(4.6, alert("test").from(3).to(4.5).annotate("ann", "v2"));
        hub.post(4.8, alert("test").from(2.9).to(4.8).annotate("ann", "v3"));
        hub.post(4.8, alert("test").from(2.9).to(4.1).annotate("ann", "v3"));
        hub.post(5.3, alert("test").from(5.3));
        hub.at(6.4);
        assertThat(hub.sent("a"))
                .containsExactly(
                        "2.0 test[1.0-]",
                        "3.0 test[1.0-]v1",
                        "4.0 test[1.0-]v2",
                        "5.0 test[1.0-4.8]v3",
                        "6.3 test[5.3-]");
    }

    @Test
    void alertsOfAGroupAreToldTogetherAndOnlyNewsOrTheRepeatIntervalCallAgain() {
        TestHub hub =
                TestHub.start(config("group_by: [], group_wait: 1s, group_interval: 1s, repeat_interval: 4900ms", ""));
        hub.post(1.1, alert("test1").from(1));
        hub.post(1.7, alert("test5").from(1));
        hub.post(
                3.3,
                alert("test2").from(1.5),
                alert("test3").from(1.5),
                alert("test4").from(1.6));
        hub.at(9.9);
        String all = " test1[1.0-] test2[1.5-] test3[1.5-] test4[1.6-] test5[1.0-]";
        assertThat(hub.sent("a")).containsExactly("2.1 test1[1.0-] test5[1.0-]", "4.1" + all, "9.1" + all);
        assertThat(hub.receivers().reasons("a"))
                .containsExactly("2.1 first notification", "4.1 new alerts added", "9.1 repeat interval elapsed");
    }

    @Test
    void alertsWithoutAnEndResolveAfterTheResolveTimeout() {
        TestHub hub = TestHub.start(
                config("group_by: [alertname], group_wait: 1s, group_interval: 5s", "global: {resolve_timeout: 10s}"));
        hub.post(1, alert("test", "lbl", "v1"), alert("test", "lbl", "v2"));
        hub.at(30);
        assertThat(hub.sent("a"))
                .containsExactly("2.0 test/v1[1.0-] test/v2[1.0-]", "12.0 test/v1[1.0-11.0] test/v2[1.0-11.0]");
    }

    @Test
    void anIntegrationWithoutResolvedAlertsHearsOnlyOfFiringOnes() {
        TestHub hub = TestHub.start("""
                global: {resolve_timeout: 10s}
                route: {receiver: default, group_by: [alertname], group_wait: 1s, group_interval: 5s}
                receivers: [{name: default, webhook_configs: [{url: a}, {url: b, send_resolved: false}]}]
                """);
        hub.post(1, alert("test", "lbl", "v1"), alert("test", "lbl", "v2"));
        hub.post(3, alert("test", "lbl", "v1").from(1).to(2.9), alert("test", "lbl", "v3"));
        hub.post(8, alert("test", "lbl", "v3").from(3));
        hub.at(13);
        assertThat(hub.sent("a"))
                .containsExactly(
                        "2.0 test/v1[1.0-] test/v2[1.0-]",
                        "7.0 test/v1[1.0-2.9] test/v2[1.0-] test/v3[3.0-]",
                        "12.0 test/v2[1.0-11.0] test/v3[3.0-]");
        assertThat(hub.sent("b")).containsExactly("2.0 test/v1[1.0-] test/v2[1.0-]", "7.0 test/v2[1.0-] test/v3[3.0-]");
    }

    @Test
    void theStartDelayHoldsEverythingBackAlsoAcrossAReload() {
        TestHub hub = TestHub.start(config("group_by: [], " + EACH_SECOND, ""), Duration.ofSeconds(5));
        hub.post(1, alert("test1").from(-100));
        hub.reload(2);
        hub.post(3, alert("test2").from(3));
        hub.at(6.5);
        assertThat(hub.sent("a")).containsExactly("5.0 test1[-100.0-] test2[3.0-]", "6.0 test1[-100.0-] test2[3.0-]");
    }

    @Test
    void aReloadTellsNothingAgainAndRestartsTheTimers() {
        TestHub hub =
                TestHub.start(config("group_by: [], group_wait: 1s, group_interval: 6s, repeat_interval: 10m", ""));
        hub.post(1, alert("test1").from(1));
        hub.reload(3);
        hub.post(4, alert("test2"));
        hub.at(30);
        assertThat(hub.sent("a")).containsExactly("2.0 test1[1.0-]", "9.0 test1[1.0-] test2[4.0-]");
    }

    private static final String JOB_DOWN = """
            inhibit_rules:
            - source_match: {alertname: JobDown}
              target_match: {alertname: InstanceDown}
              equal: [job, zone]
            """;

    @Test
    void aTargetIsQuietWhileItsSourceFires() {
        TestHub hub = TestHub.start(
                config("group_by: [], group_wait: 1s, group_interval: 1s, repeat_interval: 1ms", JOB_DOWN));
        Posted jobDown = alert("JobDown", "job", "j", "zone", "aa");
        hub.post(
                1,
                alert("test1", "job", "j", "zone", "aa"),
                alert("InstanceDown", "job", "j", "zone", "aa"),
                alert("InstanceDown", "job", "j", "zone", "ab"));
        hub.post(2.2, jobDown.from(2.2));
        hub.post(3.6, jobDown.from(2.2).to(3.6));
        hub.at(4.5);
        String ab = " InstanceDown/j/ab[1.0-]";
        String test = " test1/j/aa[1.0-]";
        assertThat(hub.sent("a"))
                .containsExactly(
                        "2.0 InstanceDown/j/aa[1.0-]" + ab + test,
                        "3.0" + ab + " JobDown/j/aa[2.2-]" + test,
                        "4.0 InstanceDown/j/aa[1.0-]" + ab + " JobDown/j/aa[2.2-3.6]" + test);
    }

    @Test
    void aTargetThatResolvesWithItsSourceIsToldWithIt() {
        TestHub hub = TestHub.start(
                config("group_by: [], group_wait: 1s, group_interval: 1s, repeat_interval: 1s", JOB_DOWN));
        Posted source = alert("JobDown", "job", "j", "zone", "aa").from(1);
        Posted target = alert("InstanceDown", "job", "j", "zone", "aa").from(1);
        hub.post(1, source, target);
        hub.post(2.6, source.to(2.6), target.to(2.6));
        hub.at(10);
        assertThat(hub.sent("a"))
                .containsExactly("2.0 JobDown/j/aa[1.0-]", "3.0 InstanceDown/j/aa[1.0-2.6] JobDown/j/aa[1.0-2.6]");
    }

    @Test
    void anEmptyInhibitionRuleChangesNothing() {
        TestHub hub = TestHub.start(config("group_by: [], group_wait: 1s", "inhibit_rules: [null]"));
        hub.post(1, alert("test"));
        hub.at(3);
        assertThat(hub.sent("a")).containsExactly("2.0 test[1.0-]");
    }

    @Test
    void aSilencedAlertIsMissingWhileTheSilenceLasts() {
        TestHub hub = TestHub.start(config("group_by: [], " + EACH_SECOND, ""));
        hub.post(1, alert("test1").from(1), alert("test2").from(1));
        hub.silence(2.3, 2.5, 4.5, "alertname", "test2", false);
        hub.at(5.5);
        assertThat(hub.sent("a"))
                .containsExactly(
                        "2.0 test1[1.0-] test2[1.0-]",
                        "3.0 test1[1.0-]",
                        "4.0 test1[1.0-]",
                        "5.0 test1[1.0-] test2[1.0-]");
    }

    @Test
    void aSilenceThatIsDeletedMutesNoMore() {
        TestHub hub = TestHub.start(config("group_by: [], " + EACH_SECOND, ""));
        hub.post(1, alert("test1").from(1), alert("test2").from(1));
        String id = hub.silence(1.3, 1.5, 100, "alertname", ".+", true);
        hub.expire(3.5, id);
        hub.at(4.5);
        assertThat(hub.sent("a")).containsExactly("4.0 test1[1.0-] test2[1.0-]");
    }

    @Test
    void aReceiverThatFailsDoesNotKeepTheOtherFromItsSchedule() {
        TestHub hub = TestHub.start("""
                route: {receiver: default, group_by: [alertname], group_wait: 1s, group_interval: 2s, repeat_interval: 3s}
                receivers: [{name: default, webhook_configs: [{url: a}, {url: b}]}]
                """);
        hub.post(1, alert("test").from(1));
        hub.at(7);
        assertThat(hub.sent("a")).containsExactly("2.0 test[1.0-]", "6.0 test[1.0-]");
        assertThat(hub.sent("b")).containsExactly("2.0 test[1.0-]", "6.0 test[1.0-]");
    }

    @Test
    void theWorkedTimelineOfOneGroupHolds() {
        TestHub hub = TestHub.start("""
                route:
                  receiver: ok
                  group_wait: 1s
                  group_interval: 2s
                  repeat_interval: 5s
                  routes: [{receiver: failing, matchers: [to="f"]}]
                receivers:
                - {name: ok, webhook_configs: [{url: a}]}
                - {name: failing, webhook_configs: [{url: f}]}
                """);
        hub.receivers().at("a").always(ScriptedNotifier.acceptance(Map.of()), Duration.ofMillis(10));
        hub.receivers().at("f").always(ScriptedNotifier.refusal(), Duration.ofMillis(10));
        hub.post(0, alert("A"), alert("F", "to", "f"));
        hub.at(12);
        assertThat(hub.receivers().reasons("a"))
                .containsExactly("1.0 first notification", "7.0 repeat interval elapsed");
        assertThat(hub.receivers().reasons("f").getFirst()).isEqualTo("1.0 first notification");
        assertThat(hub.receivers().reasons("f"))
                .as("the tick of second 3 waits until the time of the first flush is over")
                .contains("11.0 first notification");
        assertThat(hub.counter("alertmanager_notifications_failed_total", "webhook", "serverError"))
                .isEqualTo(1);
        assertThat(hub.counter("alertmanager_notifications_total", "webhook")).isEqualTo(4);
    }

    @Test
    void groupsMadeByAReloadOrRestartKeepThePhaseOfTheirRepeats() {
        String config = config("group_wait: 30s, group_interval: 1m, repeat_interval: 10m", "");
        TestHub first = TestHub.start(config);
        first.post(0, alert("test").from(-600).to(36_000));
        first.reload(90);
        first.at(300);
        TestHub second = first.killAndRestart();
        second.post(310, alert("test").from(-600).to(36_000));
        second.at(700);
        assertThat(second.receivers().reasons("a"))
                .as(
                        "told at once, known to the log after reload and restart, repeated at the first tick ten minutes later")
                .hasSize(2)
                .first()
                .isEqualTo("0.0 first notification");
        assertThat(second.receivers().reasons("a").getLast()).endsWith("repeat interval elapsed");
    }

    @Test
    void aCrashBetweenSendingAndRecordingRepeatsMarkedUnderTheSameKey() {
        TestHub hub = TestHub.start(config("group_wait: 1s, group_interval: 5s", ""));
        ScriptedNotifier receiver = hub.receivers().at("a");
        receiver.next(ScriptedNotifier.acceptance(Map.of()), Duration.ofSeconds(3), true);
        hub.post(0, alert("test").from(0).to(3600));
        hub.at(2);
        TestHub next = hub.killAndRestart();
        next.post(3, alert("test").from(0).to(3600));
        next.at(10);
        assertThat(receiver.notifications()).hasSize(2);
        assertThat(receiver.notifications().get(1).possibleRepeat()).isTrue();
        assertThat(receiver.notifications().get(1).idempotencyKey())
                .isEqualTo(receiver.notifications().get(0).idempotencyKey());
    }

    @Test
    void aRestartTellsNothingAgain() {
        TestHub hub = TestHub.start(config("group_by: [alertname], group_wait: 1s, group_interval: 5s", ""));
        Posted[] alerts = new Posted[100];
        for (int i = 0; i < alerts.length; i++) {
            alerts[i] = alert("test" + i).from(0).to(3600);
        }
        hub.post(0, alerts);
        hub.at(2);
        assertThat(hub.sent("a")).hasSize(100);
        TestHub next = hub.killAndRestart();
        next.post(3, alerts);
        next.at(60);
        TestHub last = next.restart();
        last.post(70, alerts);
        last.at(120);
        assertThat(last.sent("a")).hasSize(100);
    }

    @Test
    void anAttemptUnderWayAtAReloadMayStillSucceedAndIsNotRepeated() {
        TestHub hub = TestHub.start(config("group_wait: 1s, group_interval: 5s", ""));
        ScriptedNotifier receiver = hub.receivers().at("a");
        receiver.next(ScriptedNotifier.acceptance(Map.of()), Duration.ofSeconds(3), true);
        hub.post(0, alert("test"));
        hub.reload(2);
        hub.at(30);
        assertThat(hub.sent("a")).containsExactly("1.0 test[0.0-]");
        assertThat(receiver.closed()).isTrue();
    }

    @Test
    void aResolvedAlertStaysInItsGroupUntilItsReceiverAccepts() {
        TestHub hub = TestHub.start(config("group_wait: 1s, group_interval: 10s", ""));
        ScriptedNotifier receiver = hub.receivers().at("a");
        hub.post(0, alert("test").from(0));
        hub.at(2);
        receiver.always(
                new Outcome.Permanent(dev.tocsin.core.notify.FailureReason.CLIENT_ERROR, "status 400"), Duration.ZERO);
        hub.post(3, alert("test").from(0).to(3));
        hub.at(12);
        receiver.always(ScriptedNotifier.acceptance(Map.of()), Duration.ZERO);
        hub.at(60);
        assertThat(hub.sent("a")).containsExactly("1.0 test[0.0-]", "11.0 test[0.0-3.0]", "21.0 test[0.0-3.0]");
    }

    @Test
    void mutedGroupsStayQuietAndShowTheirIntervals() {
        TestHub hub = TestHub.start("""
                route:
                  receiver: default
                  routes: [{matchers: [alertname="off"], mute_time_intervals: [always], group_wait: 1s, group_interval: 1s}]
                receivers: [{name: default, webhook_configs: [{url: a}]}]
                time_intervals: [{name: always, time_intervals: [{}]}]
                """);
        hub.post(0, alert("off"));
        hub.at(3);
        assertThat(hub.sent("a")).isEmpty();
        GroupView group = hub.hub().groups(AlertFilter.ALL).getFirst();
        assertThat(group.alerts().getFirst().mutedBy()).containsExactly("always");
        assertThat(group.alerts().getFirst().state()).isEqualTo("suppressed");
        assertThat(hub.hub().alerts(AlertFilter.ALL).getFirst().mutedBy()).isEmpty();
        assertThat(hub.gauge("alertmanager_alerts", "active")).isEqualTo(1);
    }
}
