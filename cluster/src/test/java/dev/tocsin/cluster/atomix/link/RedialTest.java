package dev.tocsin.cluster.atomix.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RedialTest {
    private final Redial redial = new Redial(Duration.ofSeconds(10), new Random(1));

    @Property
    void aHostThatRefusesIsAskedAtLeastOnceASecond(
            @ForAll @IntRange(min = 0, max = 1_000_000) int failures,
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long downNanos) {
        assertThat(redial.delay(failures, true, downNanos)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aLostPeerIsTriedAtOnceAndThenSoon() {
        assertThat(redial.delay(0, false, 0)).isZero();
        assertThat(redial.delay(1, false, 0)).isBetween(Duration.ofMillis(40), Duration.ofMillis(60));
        assertThat(redial.delay(2, false, 0)).isBetween(Duration.ofMillis(160), Duration.ofMillis(240));
    }

    @Test
    void aHostThatStaysAwayCostsLittle() {
        assertThat(redial.delay(900, false, Duration.ofMinutes(11).toNanos()))
                .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
    }
}
