package dev.tocsin.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How the timer of a group follows the one of the node that has told it. */
class FollowedTimerTest extends SharedGroupRig {
    @Test
    void aFlushElsewhereClearsWhatIsDueAndSetsTheTimer() {
        put("1");
        at(1.3);
        group().told(flush(0.9, 5.9));
        assertThat(group().isDue()).isFalse();
        at(6.1);
        assertThat(turns.asked()).hasSize(1);
        assertThat(group().nextDueNanos()).isEqualTo(nanos(5.9));
        at(6.15);
        assertThat(turns.asked()).hasSize(2);
        assertThat(group().dueSinceNanos()).isEqualTo(nanos(5.9));
    }

    @Test
    void aGraceThatEndsLetsTheGroupBeDueAtItsOwnTime() {
        put("1");
        at(1.3);
        group().told(flush(0.9, 5.9));
        at(3);
        group().endGrace();
        assertThat(group().hasGrace()).isFalse();
        at(5.8);
        assertThat(turns.asked()).hasSize(1);
        at(5.9);
        assertThat(turns.asked()).hasSize(2);
        assertThat(group().dueSinceNanos()).isEqualTo(nanos(5.9));
    }

    @Test
    void aGraceThatEndsWhileItLastsLetsTheGroupBeDueAtOnceAndSinceItsOwnTime() {
        put("1");
        at(1.3);
        group().told(flush(0.9, 5.9));
        at(6);
        assertThat(group().hasGrace()).isTrue();
        assertThat(turns.asked()).hasSize(1);
        group().endGrace();
        group().endGrace();
        assertThat(group().nextDueNanos()).isEqualTo(nanos(5.9));
        time.settle();
        assertThat(turns.asked()).hasSize(2);
        assertThat(group().dueSinceNanos()).isEqualTo(nanos(5.9));
        at(6.3);
        assertThat(turns.asked()).as("once").hasSize(2);
    }

    @Test
    void aGroupThatIsToldAgainWithinTheGraceIsNeverDueHere() {
        put("1");
        at(1.3);
        group().told(flush(0.9, 5.9));
        at(6.1);
        group().told(flush(5.9, 10.9));
        at(11.1);
        assertThat(turns.asked()).hasSize(1);
        at(11.15);
        assertThat(turns.asked()).hasSize(2);
        assertThat(group().dueSinceNanos()).isEqualTo(nanos(10.9));
    }

    @Test
    void aFlushElsewhereForAnEarlierTickClearsNothing() {
        put("1");
        at(7);
        group().told(flush(-0.1, 4.9));
        assertThat(group().isDue()).isTrue();
        assertThat(group().dueSinceNanos()).isEqualTo(nanos(1));
    }

    @Test
    void aFlushElsewhereBeforeTheOwnTimerEndsSparesThatTick() {
        put("1");
        at(0.95);
        group().told(flush(0.9, 5.9));
        at(6.1);
        assertThat(turns.asked()).isEmpty();
        at(6.15);
        assertThat(turns.asked()).hasSize(1);
    }

    @Test
    void anOldWordDoesNotMoveTheTimer() {
        put("1");
        at(1);
        group().told(flush(1, 6));
        group().told(flush(-4, 1.5));
        at(5.9);
        assertThat(turns.asked()).hasSize(1);
        assertThat(group().isDue()).isFalse();
    }
}
