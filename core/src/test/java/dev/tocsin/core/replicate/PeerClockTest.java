package dev.tocsin.core.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PeerClockTest {
    private static final Instant HERE = Instant.parse("2026-01-02T03:04:05Z");

    @Property
    void whatWasOverThereIsOverHere(
            @ForAll @IntRange(min = -100_000, max = 100_000) int skewMillis,
            @ForAll @IntRange(max = 100_000) int agoMillis) {
        Instant there = HERE.plusMillis(skewMillis);

        assertThat(PeerClock.of(there, HERE).here(there.minusMillis(agoMillis))).isBeforeOrEqualTo(HERE);
    }

    @Property
    void whatIsLeftThereIsLeftHereButForWhatClocksThatAgreeDiffer(
            @ForAll @IntRange(min = -100_000, max = 100_000) int skewMillis,
            @ForAll @IntRange(min = 1, max = 100_000) int leftMillis) {
        Instant there = HERE.plusMillis(skewMillis);

        Instant end = PeerClock.of(there, HERE).here(there.plusMillis(leftMillis));

        assertThat(Duration.between(HERE.plusMillis(leftMillis), end).abs()).isLessThanOrEqualTo(PeerClock.AGREEMENT);
    }

    @Test
    void anImpossibleTimeStaysWithinWhatAnInstantCanHold() {
        assertThat(PeerClock.of(HERE.minusSeconds(60), HERE).here(Instant.MAX)).isEqualTo(Instant.MAX);
        assertThat(PeerClock.of(HERE.plusSeconds(60), HERE).here(Instant.MIN)).isEqualTo(Instant.MIN);
    }

    @Test
    void bucketsAreFilledEvenlyAndTellOneChangeAmongMany() {
        Buckets one = new Buckets();
        Buckets other = new Buckets();
        BitSet used = new BitSet();
        for (int i = 0; i < 10_000; i++) {
            one.add(i, 7);
            other.add(9_999 - i, i == 9_999 ? 8 : 7);
            used.set(Buckets.of(i));
        }
        int differing = 0;
        for (int i = 0; i < Buckets.COUNT; i++) {
            differing += one.sums()[i] == other.sums()[i] ? 0 : 1;
        }
        assertThat(used.cardinality()).isGreaterThan(1000);
        assertThat(differing).isEqualTo(1);
    }
}
