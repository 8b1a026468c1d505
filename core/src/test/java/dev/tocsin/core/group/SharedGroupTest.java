package dev.tocsin.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The group machine where several nodes hold the same groups. */
class SharedGroupTest extends SharedGroupRig {
    @Test
    void aGroupThatIsAnothersStaysDueAndItsTimerRunsOn() {
        put("1");
        at(1);
        assertThat(group().isDue()).isTrue();
        assertThat(group().dueSinceNanos()).isEqualTo(nanos(1));
        at(12);
        assertThat(flusher.flushes()).isEmpty();
        assertThat(turns.asked()).hasSize(1);
        assertThat(group().dueSinceNanos()).isEqualTo(nanos(1));
        assertThat(group().nextDueNanos()).isEqualTo(nanos(16));
    }

    @Test
    void whatIsDueIsFlushedForItsOwnTick() {
        put("1");
        at(3);
        group().flush();
        assertThat(flusher.last().tick()).isEqualTo(start.plusSeconds(1));
        assertThat(flusher.last().at()).isEqualTo(start.plusSeconds(3));
        time.settle();
        assertThat(turns.turns()).containsExactly(new GroupTurn(nanos(1), true, false, List.of()));
        assertThat(group().isDue()).isFalse();
        assertThat(group().nextDueNanos()).isEqualTo(nanos(6));
    }

    @Test
    void aGroupThatIsNotDueCanBeFlushedAllTheSame() {
        put("1");
        at(0.5);
        group().flush();
        assertThat(flusher.last().tick()).isEqualTo(start.plusMillis(500));
        at(5.4);
        assertThat(turns.asked()).isEmpty();
        at(5.5);
        assertThat(turns.asked()).hasSize(1);
    }

    @Test
    void aFlushThatRunsIsNotBegunAgain() {
        flusher.latency(Duration.ofSeconds(2));
        put("1");
        at(1);
        group().flush();
        group().flush();
        at(2);
        group().flush();
        assertThat(flusher.flushes()).hasSize(1);
        assertThat(group().isFlushing()).isTrue();
    }

    @Test
    void aFlushThatFailedLeavesTheGroupIdleUntilTheNextTick() {
        put("1");
        at(1);
        flusher.answer(new FlushResult(false, null, List.of()));
        group().flush();
        at(2);
        assertThat(turns.turns()).containsExactly(new GroupTurn(nanos(1), false, false, List.of()));
        assertThat(group().isDue()).isFalse();
        at(6);
        assertThat(group().isDue()).isTrue();
    }

    @Test
    void theTimerIsNeverSetFurtherThanTheInterval() {
        put("1");
        at(1);
        group().told(flush(1, 100));
        assertThat(group().nextDueNanos()).isEqualTo(nanos(6));
    }

    @Test
    void aGroupThatIsDueElsewhereIsDueHereSinceThen() {
        put("1");
        at(9);
        group().told(flush(1, 6));
        assertThat(group().isDue()).isTrue();
        assertThat(group().dueSinceNanos()).isEqualTo(nanos(6));
        group().flush();
        assertThat(flusher.last().tick()).isEqualTo(start.plusSeconds(6));
    }

    @Test
    void whatWasToldElsewhereIsForgottenIfItIsTheSameEnd() {
        Alert first = put("1");
        Alert second = put("2");
        Alert third = put("3");
        at(1);
        flusher.know(first.labels());
        flusher.know(second.labels());
        Alert firstEnd = TestAlert.resolved(first, start.plusMillis(500));
        Alert secondEnd = TestAlert.resolved(second, start.plusMillis(500));
        dispatcher.put(firstEnd);
        Alert again = TestAlert.firing(time.now(), "a", "2");
        dispatcher.put(again);
        group().told(flush(1, 6, told(firstEnd), told(secondEnd)));
        assertThat(alerts()).containsExactlyInAnyOrder(again, third);
    }

    @Test
    void aGroupWithoutAlertsIsOverAlsoIfAnotherNodeToldTheLast() {
        Alert alert = put("1");
        flusher.know(alert.labels());
        at(1);
        Alert end = TestAlert.resolved(alert, time.now());
        dispatcher.put(end);
        group().told(new PeerFlush(nanos(1), 0, true, List.of(told(end))));
        assertThat(dispatcher.find(ID)).isNull();
        at(20);
        assertThat(turns.asked()).hasSize(1);
    }

    @Test
    void alertsThatCameTooLateForAGroupThatIsOverElsewhereWaitAsANewGroupDoes() {
        put("1");
        at(1.5);
        group().told(new PeerFlush(nanos(1), 0, true, List.of()));
        assertThat(group().isDue()).isFalse();
        at(2.4);
        assertThat(group().isDue()).isFalse();
        at(2.5);
        assertThat(group().isDue()).isTrue();
    }

    @Test
    void aNodeThatSleptKeepsWhatIsOverElsewhereDue() {
        put("1");
        at(20);
        group().join(new PeerFlush(nanos(1), 0, true, List.of()), true);
        assertThat(group().isDue()).isTrue();
    }

    @Test
    void aFlushThatFailedWasTriedButNotTold() {
        put("1");
        at(1);
        flusher.answer(new FlushResult(false, null, List.of()));
        assertThat(group().wasTriedSince(nanos(-10))).isFalse();
        group().flush();
        time.settle();
        assertThat(group().wasTold()).isFalse();
        assertThat(group().wasTriedSince(nanos(1))).isTrue();
        assertThat(group().wasTriedSince(nanos(1.1))).isFalse();
    }

    @Test
    void anEndThatWasToldWhileTheWordWasLostIsForgottenAtTheNextWord() {
        Alert alert = put("1");
        Alert other = put("2");
        flusher.know(other.labels());
        at(1);
        dispatcher.put(TestAlert.resolved(alert, time.now()));
        Alert otherEnd = TestAlert.resolved(other, time.now());
        dispatcher.put(otherEnd);
        Alert late = put("3");
        at(6);
        group().told(flush(6, 11));
        assertThat(alerts()).containsExactlyInAnyOrder(otherEnd, late);
    }

    @Test
    void anEndThatMayBeTooNewForAFlushElsewhereStays() {
        Alert alert = put("1");
        put("2");
        at(5.5);
        Alert end = TestAlert.resolved(alert, time.now());
        dispatcher.put(end);
        at(6);
        group().told(flush(6, 11));
        assertThat(alerts()).contains(end);
    }

    @Test
    void anAlertThatNobodyKnowsToFireDoesNotEnterAsResolved() {
        Alert alert = TestAlert.resolved(TestAlert.firing(start.minusSeconds(60), "a", "1"), time.now());
        dispatcher.put(alert);
        assertThat(dispatcher.find(ID)).isNull();
        dispatcher.adopt("{}:{}", alert);
        assertThat(dispatcher.find(ID)).isNull();
    }

    @Test
    void anAlertThatSomebodyKnowsToFireEntersAsResolvedAndIsTold() {
        Alert alert = TestAlert.resolved(TestAlert.firing(start.minusSeconds(60), "a", "1"), time.now());
        flusher.know(alert.labels());
        dispatcher.adopt("{}:{other}", alert);
        assertThat(dispatcher.find(ID)).isNull();
        dispatcher.adopt("{}:{}", alert);
        turns.ours(true);
        at(1);
        assertThat(flusher.last().alerts()).containsExactly(alert);
        assertThat(turns.turns()).containsExactly(new GroupTurn(nanos(0), true, true, List.of(alert)));
    }

    @Test
    void aFlushThatWasOvertakenStillForgetsWhatItTold() {
        Alert alert = put("1");
        Alert other = put("2");
        flusher.know(alert.labels());
        at(0.5);
        Alert end = TestAlert.resolved(alert, time.now());
        dispatcher.put(end);
        flusher.latency(Duration.ofSeconds(1));
        at(1);
        group().flush();
        group().told(flush(1.2, 6.2));
        assertThat(group().isFlushing()).isTrue();
        at(2);
        assertThat(alerts()).containsExactly(other);
        assertThat(turns.turns()).containsExactly(new GroupTurn(nanos(1), true, false, List.of(end)));
    }

    @Test
    void aNodeThatSleptTakesOverTheTimerOfOneThatDidNot() {
        put("1");
        at(20);
        group().join(flush(18, 23), true);
        assertThat(group().isDue()).isFalse();
        assertThat(group().nextDueNanos()).isEqualTo(nanos(23));
        at(23);
        assertThat(group().dueSinceNanos()).isEqualTo(nanos(23));
    }

    @Test
    void whatIsDueAtTheNodeThatDidNotSleepIsDueHereSinceThen() {
        put("1");
        at(20);
        group().join(flush(18, 19.5), false);
        assertThat(group().wasTold()).isFalse();
        assertThat(group().dueSinceNanos()).isEqualTo(nanos(19.5));
    }

    @Test
    void groupsAreFoundByKeyAndReceiver() {
        put("1");
        assertThat(dispatcher.find("{}:{}", "r")).containsExactly(group());
        assertThat(dispatcher.find("{}:{}", "other")).isEmpty();
        assertThat(dispatcher.find("{}:{x=\"1\"}", "r")).isEmpty();
    }
}
