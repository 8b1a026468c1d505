package dev.tocsin.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Groups of which there is nothing to tell, where several nodes hold the same groups. */
class StandstillTest extends SharedGroupRig {
    private boolean known = true;
    private int recorded;

    StandstillTest() {
        flusher.settle(new Settled() {
            @Override
            public boolean isKnown(Instant tick) {
                return known;
            }

            @Override
            public boolean isQuiet(Instant tick) {
                return known;
            }

            @Override
            public void record() {
                recorded++;
            }
        });
    }

    @Test
    void whatWasToldIsNotFlushedAgainAndTheOthersDoNotHearOfIt() {
        turns.ours(true);
        put("1");
        at(21.5);
        assertThat(flusher.flushes()).hasSize(1);
        assertThat(turns.turns()).hasSize(1);
        assertThat(recorded).isEqualTo(4);
        assertThat(group().nextDueNanos()).isEqualTo(nanos(26));
        assertThat(group().toldNanos()).isEqualTo(nanos(21));
    }

    @Test
    void nowAndThenTheOthersHearThatNothingWasToBeTold() {
        turns.ours(true);
        turns.longestUnsaid(Duration.ofSeconds(10));
        put("1");
        at(21.5);
        assertThat(turns.turns()).extracting(GroupTurn::tickNanos).containsExactly(nanos(1), nanos(11), nanos(21));
    }

    @Test
    void anAlertThatCameIsFlushed() {
        turns.ours(true);
        put("1");
        at(8);
        put("2");
        at(11.5);
        assertThat(flusher.flushes()).hasSize(2);
        assertThat(flusher.last().alerts()).hasSize(2);
    }

    @Test
    void anAlertThatHasEndedIsFlushed() {
        turns.ours(true);
        Alert first = put("1");
        at(8);
        dispatcher.put(TestAlert.resolved(first, time.now()));
        at(11.5);
        assertThat(flusher.flushes()).hasSize(2);
        assertThat(dispatcher.find(ID)).isNull();
    }

    @Test
    void anAlertWhoseEndHasPassedIsFlushed() {
        turns.ours(true);
        put("1");
        at(3600.5);
        assertThat(flusher.flushes()).hasSize(1);
        at(3602);
        assertThat(flusher.flushes()).hasSize(2);
    }

    @Test
    void whatTheReceiverHasToHearIsFlushed() {
        turns.ours(true);
        put("1");
        at(8);
        known = false;
        at(11.5);
        assertThat(flusher.flushes()).hasSize(2);
    }

    @Test
    void anothersGroupOfWhichNothingIsToBeToldIsNotDue() {
        put("1");
        at(11.5);
        assertThat(turns.asked()).hasSize(3);
        assertThat(turns.left()).isEmpty();
        assertThat(group().isDue()).isFalse();
        assertThat(group().wasTold()).isFalse();
        assertThat(group().nextDueNanos()).isEqualTo(nanos(16));
        known = false;
        at(17);
        assertThat(turns.left()).hasSize(1);
        assertThat(group().isDue()).isTrue();
    }

    @Test
    void newsRightAfterATickThatWasNotToldOfLetsTheOthersHearOfThatTick() {
        turns.ours(true);
        put("1");
        at(6.2);
        assertThat(turns.turns()).hasSize(1);
        put("2");
        assertThat(turns.turns()).extracting(GroupTurn::tickNanos).containsExactly(nanos(1), nanos(6));
        at(12.5);
        put("3");
        assertThat(turns.turns()).extracting(GroupTurn::tickNanos).containsExactly(nanos(1), nanos(6), nanos(11));
    }
}
