package dev.tocsin.core.pipeline;

import static dev.tocsin.core.notify.ScriptedNotifier.acceptance;
import static dev.tocsin.core.pipeline.PipelineHarness.REPEAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.interval.TimeInterval;
import dev.tocsin.core.mute.RouteIntervals;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.notify.ReceiverValue;
import dev.tocsin.core.notify.ScriptedNotifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final PipelineHarness one = new PipelineHarness(true);
    private final PipelineHarness two = new PipelineHarness(true, true);

    private static List<NotificationReason> reasons(PipelineHarness harness) {
        return harness.notifier().notifications().stream()
                .map(Notification::reason)
                .toList();
    }

    @Test
    void whatIsNewIsSentAndWhatIsKnownIsNot() {
        one.flush(one.firing("A"));
        one.flush(one.firing("A"));
        one.flush(one.firing("A"), one.firing("B"));
        one.flush(one.firing("A"), one.resolved("B"));
        one.flush(one.firing("A"));
        one.flush(one.resolved("A"));
        one.flush(one.resolved("A"));

        assertThat(reasons(one))
                .containsExactly(
                        NotificationReason.FIRST_NOTIFICATION,
                        NotificationReason.NEW_ALERTS_ADDED,
                        NotificationReason.SOME_ALERTS_RESOLVED,
                        NotificationReason.ALL_ALERTS_RESOLVED);
        assertThat(one.names()).containsExactly("A", "AB", "AB", "A");
        assertThat(one.outcomes()).hasSize(7).containsOnly(true);
        assertThat(one.values().value("alertmanager_notifications_total", "webhook"))
                .isEqualTo(4);
        assertThat(one.values().value("alertmanager_nflog_queries_total")).isEqualTo(7);
        assertThat(one.values().value("alertmanager_nflog_query_errors_total")).isEqualTo(1);
    }

    @Test
    void sequencesRiseByOneAndEachNotificationHasItsOwnIdempotencyKey() {
        one.flush(one.firing("A"));
        one.flush(one.firing("B"));
        one.flush(one.firing("A"));

        List<Notification> sent = one.notifier().notifications();
        long first = sent.getFirst().sequence();
        assertThat(sent).extracting(Notification::sequence).containsExactly(first, first + 1, first + 2);
        assertThat(sent).extracting(Notification::idempotencyKey).doesNotHaveDuplicates();
        assertThat(sent).extracting(Notification::possibleRepeat).containsOnly(false);
    }

    @Test
    void anUnchangedGroupIsRepeatedWhenMoreThanTheIntervalHasElapsed() {
        one.flush(one.firing("A"));
        one.time.advance(REPEAT);
        one.flush(one.firing("A"));
        one.time.advance(Duration.ofNanos(1));
        one.flush(one.firing("A"));

        assertThat(reasons(one))
                .containsExactly(NotificationReason.FIRST_NOTIFICATION, NotificationReason.REPEAT_INTERVAL_ELAPSED);
    }

    @Test
    void mutedAlertsAreAbsentAndCountedAndToldToTheGroup() {
        one.silences.mute(labels -> labels.get("alertname").equals("B") ? List.of("s1") : List.of());

        one.flush(one.firing("A"), one.firing("B"));
        one.flush(one.firing("B"));

        assertThat(one.names()).containsExactly("A");
        assertThat(one.results.getFirst().suppressed()).containsExactly(one.firing("B"));
        assertThat(one.results.getFirst().mutedBy()).isEmpty();
        assertThat(one.outcomes()).containsExactly(true, true);
        assertThat(one.values().value("alertmanager_notifications_suppressed_total", "silence"))
                .isEqualTo(2);
        assertThat(one.values().series("alertmanager_notifications_suppressed_total"))
                .isEqualTo(1);
        assertThat(one.journalLines()).contains("Silenced: 1 alert silenced by s1");
    }

    @Test
    void outsideOfTheActiveIntervalsNothingIsSent() {
        one.intervals = new RouteIntervals(List.of(new TimeInterval("never", List.of())), List.of());

        one.flush(one.firing("A"));

        assertThat(one.notifier().attempts()).isEmpty();
        assertThat(one.results.getFirst().ok()).isTrue();
        assertThat(one.results.getFirst().mutedBy()).containsExactly("never");
        assertThat(one.results.getFirst().suppressed()).isEmpty();
        assertThat(one.values().value("alertmanager_notifications_suppressed_total", "active_time_interval"))
                .isEqualTo(1);
    }

    @Test
    void anIntegrationThatIsNotToldAboutResolvedAlertsGetsOnlyFiringOnesButTheLogKnowsTheRest() {
        PipelineHarness harness = new PipelineHarness(false);

        harness.flush(harness.firing("A"), harness.resolved("B"));
        harness.flush(harness.resolved("A"));
        harness.flush(harness.firing("A"));

        assertThat(harness.names()).containsExactly("A", "A");
        assertThat(reasons(harness)).containsOnly(NotificationReason.FIRST_NOTIFICATION);
        assertThat(harness.values().value("alertmanager_notifications_total", "webhook"))
                .isEqualTo(3);
        assertThat(harness.values().value("alertmanager_notification_requests_total", "webhook"))
                .isEqualTo(2);
        assertThat(harness.outcomes()).containsExactly(true, true, true);
    }

    @Test
    void aFirstNotificationBeginsWithoutReceiverDataAndLaterOnesGetWhatWasStored() {
        Map<String, ReceiverValue> thread = Map.of("thread", new ReceiverValue.Text("t1"));
        one.notifier().next(acceptance(thread)).next(acceptance(thread));

        one.flush(one.firing("A"));
        one.flush(one.resolved("A"));
        one.flush(one.firing("A"));

        assertThat(one.notifier().notifications())
                .extracting(Notification::receiverData)
                .containsExactly(Map.of(), thread, Map.of());
    }

    @Test
    void aSlowIntegrationDelaysNeitherTheOthersNorOtherGroups() {
        two.notifier().always(acceptance(Map.of()), Duration.ofSeconds(9));

        two.flush("{}:{g=\"1\"}", two.firing("A"));
        two.flush("{}:{g=\"2\"}", two.firing("A"));

        assertThat(two.notifiers)
                .extracting(notifier -> notifier.attempts().size())
                .containsExactly(2, 2);
        assertThat(two.results).isEmpty();
        two.time.advance(Duration.ofSeconds(9));
        assertThat(two.outcomes()).containsExactly(true, true);
    }

    @Test
    void oneFailingIntegrationFailsTheFlushAndIsAloneTriedAgain() {
        two.notifier().next(new Outcome.Permanent(FailureReason.AUTH_ERROR, "unexpected status code 401"));

        two.flush(two.firing("A"));
        two.flush(two.firing("A"));

        assertThat(two.outcomes()).containsExactly(false, true);
        assertThat(two.notifiers)
                .extracting(notifier -> notifier.attempts().size())
                .containsExactly(2, 1);
        assertThat(reasons(two)).containsOnly(NotificationReason.FIRST_NOTIFICATION);
        assertThat(two.notifier().notifications())
                .extracting(Notification::possibleRepeat)
                .containsOnly(false);
        assertThat(two.values().value("alertmanager_notifications_failed_total", "webhook", "authError"))
                .isEqualTo(1);
    }

    @Test
    void aReceiverWithoutIntegrationsIsDone() {
        PipelineHarness none = new PipelineHarness();

        none.flush(none.firing("A"));

        assertThat(none.outcomes()).containsExactly(true);
    }

    @Test
    void logEntriesLiveForTwoRepeatIntervalsAndNumbersLonger() {
        one.flush(one.firing("A"));
        one.time.advance(REPEAT.multipliedBy(2));
        one.flush(one.firing("A"));

        List<Notification> sent = one.notifier().notifications();
        assertThat(reasons(one)).hasSize(2).containsOnly(NotificationReason.FIRST_NOTIFICATION);
        assertThat(sent.get(1).sequence()).isEqualTo(sent.get(0).sequence() + 1);
    }

    @Test
    void twoRoutesWithOneKeyTellItOnce() {
        one.notifier().always(acceptance(Map.of()), Duration.ofSeconds(1));

        one.flush(one.firing("A"));
        one.flush(one.firing("A"));
        one.time.advance(Duration.ofSeconds(5));

        assertThat(one.notifier().attempts()).hasSize(1);
        assertThat(one.outcomes()).containsExactly(true, true);
    }

    @Test
    void aDiskThatFailsDoesNotStopNotifications() {
        one.storage().failWith("No space left on device");

        one.flush(one.firing("A"));
        one.time.advance(Duration.ofSeconds(1));
        one.flush(one.firing("A"));

        assertThat(one.notifier().attempts()).hasSize(1);
        assertThat(one.outcomes()).containsExactly(true, true);
    }

    @Test
    void theJournalTellsTheWholeStory() {
        one.notifier().next(ScriptedNotifier.refusal());

        one.flush(one.firing("A"));
        one.time.advance(Duration.ofSeconds(1));
        one.flush(one.firing("A"));

        assertThat(one.journalLines())
                .hasSize(5)
                .startsWith(
                        "Claimed: claimed as number N: first notification",
                        "Attempted: attempt 1 took 0 ms, may be tried again: unexpected status code 500",
                        "Attempted: attempt 2 took 0 ms, accepted: 200",
                        "Delivered: delivered as number N after 2 attempts: first notification");
        assertThat(one.journalLines().getLast())
                .matches("Deduplicated: not sent: already notified and the repeat interval has not elapsed;"
                        + " node node-[0-9a-f]+ sent number N at 2026-01-02T.*Z");
    }

    @Test
    void allSeriesOfKnownIntegrationsExistFromTheStart() {
        assertThat(one.values().series("alertmanager_notifications_total")).isEqualTo(18);
        assertThat(one.values().series("alertmanager_notifications_failed_total"))
                .isEqualTo(126);
        assertThat(one.values().value("alertmanager_notifications_failed_total", "jira", "rateLimited"))
                .isZero();
    }
}
