package dev.tocsin.cluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    private static final long SECOND = 1_000_000_000L;

    private final ClockOffset offset = new ClockOffset();
    private long now;

    /** An answer by a clock that is {@code ahead}, which took {@code there} on its way back, {@code trip} in all. */
    private void answer(long ahead, long there, long trip) {
        offset.read(ahead - there, trip, now);
        now += SECOND / 4;
    }

    @Test
    void anAnswerThatTookLongSaysLessThanAQuickOneBeforeIt() {
        answer(20_000, 1, 2);
        answer(20_000, 900, 1_000);
        assertThat(offset.aheadMs()).isCloseTo(20_000, within(5L));
    }

    @Test
    void manySlowAnswersTellMoreThanOne() {
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            long there = random.nextInt(400);
            answer(-7_000, there, there + random.nextInt(400));
        }
        assertThat(offset.aheadMs()).isCloseTo(-7_000, within(50L));
    }

    @Test
    void aClockThatWasSetIsNoticedByTheNextAnswer() {
        answer(0, 1, 2);
        answer(-25_000, 1, 2);
        assertThat(offset.aheadMs()).isCloseTo(-25_000, within(5L));
        answer(30_000, 1, 2);
        assertThat(offset.aheadMs()).isCloseTo(30_000, within(5L));
    }

    @Test
    void clocksThatDriftAreFollowed() {
        for (int i = 0; i < 1_000; i++) {
            answer(i, 1, 2);
        }
        assertThat(offset.aheadMs()).isCloseTo(999, within(10L));
    }
}
