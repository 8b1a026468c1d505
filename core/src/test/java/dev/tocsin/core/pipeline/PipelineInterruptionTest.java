package dev.tocsin.core.pipeline;

import static dev.tocsin.core.notify.ScriptedNotifier.acceptance;
import static dev.tocsin.core.notify.ScriptedNotifier.refusal;
import static dev.tocsin.core.notify.ScriptedNotifier.silence;
import static dev.tocsin.core.pipeline.PipelineHarness.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.claim.ClaimAnswer;
import dev.tocsin.core.claim.Grant;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.runtime.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a receiver hears when answers are lost, the configuration is replaced, or the node stops or dies. */
class PipelineInterruptionTest {
    private final PipelineHarness one = new PipelineHarness(true);

    private List<Boolean> marks() {
        return one.notifier().notifications().stream()
                .map(Notification::possibleRepeat)
                .toList();
    }

    @Test
    void whatMayHaveBeenAcceptedIsRepeatedMarkedUnderTheSameKey() {
        one.notifier().next(silence(), TIMEOUT, true);
        one.flush(one.firing("A"));
        one.time.advance(TIMEOUT);

        one.flush(one.firing("A"));
        one.flush(one.firing("A"));
        one.flush(one.firing("B"));

        assertThat(one.outcomes()).containsExactly(false, true, true, true);
        assertThat(marks()).containsExactly(false, true, false);
        assertThat(one.values().value("tocsin_notifications_possible_repeats_total", "webhook"))
                .isEqualTo(1);
        List<Notification> sent = one.notifier().notifications();
        assertThat(sent.get(1).idempotencyKey()).isEqualTo(sent.get(0).idempotencyKey());
        assertThat(sent.get(2).sequence()).isEqualTo(sent.get(1).sequence() + 1);
        assertThat(one.journalLines())
                .anyMatch(line -> line.matches(
                        "Repeated: possible repeat of number N: the outcome of claim .* is not" + " known"));
    }

    @Test
    void whatMayHaveBeenAcceptedAndHasChangedGetsTheNextNumber() {
        one.notifier().next(silence(), TIMEOUT, true);
        one.flush(one.firing("A"));
        one.time.advance(TIMEOUT);

        one.flush(one.firing("A"), one.firing("B"));

        List<Notification> sent = one.notifier().notifications();
        assertThat(marks()).containsExactly(false, true);
        assertThat(sent.get(1).sequence()).isEqualTo(sent.get(0).sequence() + 1);
    }

    @Test
    void aResolveIsToldAlthoughNobodyKnowsWhetherTheFiringWasAccepted() {
        one.notifier().next(silence(), TIMEOUT, true);
        one.flush(one.firing("A"));
        one.time.advance(TIMEOUT);

        one.flush(one.resolved("A"));

        assertThat(one.notifier().notifications().getLast().reason()).isEqualTo(NotificationReason.ALL_ALERTS_RESOLVED);
    }

    @Test
    void aLateAcceptanceIsStillRecorded() {
        one.notifier().next(acceptance(Map.of()), TIMEOUT.plusSeconds(5), false);
        one.flush(one.firing("A"));
        one.time.advance(TIMEOUT.plusSeconds(5));

        one.flush(one.firing("A"));

        assertThat(one.outcomes()).containsExactly(false, true);
        assertThat(one.notifier().attempts()).hasSize(1);
    }

    @Test
    void aKilledNodeRepeatsWhatItWasSendingMarkedUnderTheSameKey() {
        one.notifier().next(acceptance(Map.of()), Duration.ofDays(1), true);
        one.flush(one.firing("A"));

        one.kill();
        one.flush(one.firing("A"));
        one.flush(one.firing("A"));

        List<Notification> sent = one.notifier().notifications();
        assertThat(marks()).containsExactly(false, true);
        assertThat(sent.get(1).idempotencyKey()).isEqualTo(sent.get(0).idempotencyKey());
        assertThat(sent.get(1).sequence()).isEqualTo(sent.get(0).sequence());
    }

    @Test
    void aKilledNodeRepeatsAlsoWhatItHadBeenRefusedForItCannotTell() {
        one.notifier().next(refusal());
        one.flush(one.firing("A"));

        one.kill();
        one.flush(one.firing("A"));

        assertThat(marks()).containsExactly(false, true);
    }

    @Test
    void aNodeThatLostPowerSendsNothingAgainThatItHadSent() {
        for (int i = 0; i < 100; i++) {
            one.flush("{}:{g=\"" + i + "\"}", one.firing("A"));
        }
        one.time.advance(Duration.ofMillis(50));

        one.losePower();
        for (int i = 0; i < 100; i++) {
            one.flush("{}:{g=\"" + i + "\"}", one.firing("A"));
        }

        assertThat(one.notifier().attempts()).hasSize(100);
        assertThat(one.outcomes()).hasSize(100).containsOnly(true);
    }

    @Test
    void aRestartGivesNoClaimIdTwice() {
        one.flush(one.firing("A"));
        long before = one.replica().nextClaim().counter();
        long node = one.replica().id();
        int incarnation = one.replica().incarnation();

        one.losePower();

        assertThat(one.replica().id()).isEqualTo(node);
        assertThat(one.replica().incarnation()).isGreaterThan(incarnation);
        assertThat(one.replica().nextClaim().counter()).isGreaterThan(before);
    }

    @Test
    void aReloadLetsTheRequestThatIsOutEndAndTheNewFlushWaitsForIt() {
        one.notifier().next(acceptance(Map.of()), Duration.ofSeconds(3), true);
        Cancellable flush = one.flush(one.firing("A"));
        Pipeline old = one.reload();
        List<String> retired = new ArrayList<>();

        flush.cancel();
        old.retire(Duration.ofMinutes(1), () -> retired.add("retired"));
        one.flush(one.firing("A"));
        assertThat(retired).isEmpty();
        one.time.advance(Duration.ofSeconds(3));

        assertThat(one.notifier().attempts()).hasSize(1);
        assertThat(one.outcomes()).containsExactly(true, true);
        assertThat(retired).hasSize(1);
        assertThat(one.notifier().closed()).isTrue();
    }

    @Test
    void aReloadEndsRetriesAndTheNewFlushGoesOnAtOnceUnmarked() {
        one.notifier().next(refusal());
        Cancellable flush = one.flush(one.firing("A"));
        Pipeline old = one.reload();

        flush.cancel();
        old.retire(Duration.ofMinutes(1), () -> {});
        one.flush(one.firing("A"));

        assertThat(marks()).containsExactly(false, false);
        assertThat(one.outcomes()).containsExactly(false, true);
        assertThat(one.values().value("alertmanager_notifications_failed_total", "webhook", "serverError"))
                .isEqualTo(1);
    }

    @Test
    void aStopCutsOffWhatDoesNotEndInTimeAndTheNextStartRepeatsItMarked() {
        one.notifier().next(acceptance(Map.of()), Duration.ofSeconds(9), true);
        one.flush(one.firing("A"));
        List<String> retired = new ArrayList<>();

        one.pipeline.retire(Duration.ofSeconds(2), () -> retired.add("retired"));
        one.time.advance(Duration.ofMillis(1999));
        assertThat(retired).isEmpty();
        one.time.advance(Duration.ofMillis(1));
        assertThat(retired).hasSize(1);
        assertThat(one.values().value("alertmanager_notifications_failed_total", "webhook", "contextCanceled"))
                .isEqualTo(1);

        one.kill();
        one.flush(one.firing("A"));
        assertThat(marks()).containsExactly(false, true);
    }

    @Test
    void aRetiredPipelineSendsNothing() {
        one.pipeline.retire(Duration.ZERO, () -> {});
        one.flush(one.firing("A"));

        assertThat(one.notifier().attempts()).isEmpty();
        assertThat(one.outcomes()).containsExactly(false);
    }

    @Test
    void aFlushThatWaitsForItsClaimEndsWhenItIsCancelled() {
        one.notifier().always(acceptance(Map.of()), Duration.ofSeconds(9));
        one.flush(one.firing("A"));
        one.time.advance(Duration.ofSeconds(5));

        one.flush(one.firing("B")).cancel();

        assertThat(one.outcomes()).containsExactly(false);
        one.time.advance(Duration.ofSeconds(10));
        assertThat(one.names()).containsExactly("A");
    }

    @Test
    void aFlushThatIsNotGrantedItsClaimInTimeFailsWithoutSending() {
        one.claims((request, answer) -> {
            answer.accept(new ClaimAnswer.Held("too few nodes answer", false));
            return Cancellable.NONE;
        });

        one.flush(one.firing("A"));
        one.time.advance(TIMEOUT);

        assertThat(one.outcomes()).containsExactly(false);
        assertThat(one.notifier().attempts()).isEmpty();
    }

    @Test
    void aLeaseThatLapsesClosesTheRequestAndTheNotificationIsClaimedAgainMarked() {
        ScriptedClaims claims = new ScriptedClaims();
        one.claims(claims);
        one.notifier().next(acceptance(Map.of()), Duration.ofSeconds(5), true);
        one.flush(one.firing("A"));
        one.time.advance(Duration.ofSeconds(1));

        claims.lapse();
        one.time.settle();

        assertThat(claims.releases).containsExactly(Grant.Release.UNKNOWN, Grant.Release.RECORDED);
        assertThat(marks()).containsExactly(false, true);
        List<Notification> sent = one.notifier().notifications();
        assertThat(sent.get(1).idempotencyKey()).isEqualTo(sent.get(0).idempotencyKey());
        assertThat(one.outcomes()).containsExactly(true);
        assertThat(one.values().value("alertmanager_notifications_total", "webhook"))
                .isEqualTo(1);
    }

    @Test
    void aClaimThatTooFewNodesGrantedGoesOutMarked() {
        ScriptedClaims claims = new ScriptedClaims();
        claims.doubt = "not enough nodes could be asked";
        one.claims(claims);

        one.flush(one.firing("A"));

        assertThat(marks()).containsExactly(true);
    }

    @Test
    void timeWithoutAQuorumDoesNotCountTowardsTheEndOfTheFlush() {
        ScriptedClaims claims = new ScriptedClaims();
        one.claims((request, answer) -> {
            answer.accept(new ClaimAnswer.Held("1 of 3 nodes", true));
            one.time.schedule(TIMEOUT.multipliedBy(3), () -> claims.claim(request, answer));
            return Cancellable.NONE;
        });
        one.notifier().next(acceptance(Map.of()), TIMEOUT.minusMillis(100), true);

        one.flush(one.firing("A"));
        one.time.advance(TIMEOUT.multipliedBy(4));

        assertThat(one.outcomes()).containsExactly(true);
        assertThat(one.notifier().attempts()).hasSize(1);
    }

    @Test
    void aNodeWhoseWayToTheReceiverIsBrokenReleasesItsClaimAndHandsOver() {
        ScriptedClaims claims = new ScriptedClaims();
        claims.successor = "b";
        one.claims(claims);
        Outcome unreachable = new Outcome.Retryable(FailureReason.OTHER, "connection refused", false, true);
        one.notifier().always(unreachable, Duration.ofMillis(1));

        one.flush(one.firing("A"));
        one.time.advance(Duration.ofSeconds(3));

        assertThat(claims.events).containsExactly("release NOT_SENT", "hand over");
        assertThat(one.outcomes()).containsExactly(false);
        assertThat(one.notifier().attempts()).hasSize(2);
    }
}
