package dev.tocsin.cluster.protocol.claim;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a claim may go on. */
class QuorumTest {
    @ParameterizedTest(name = "{0} of {1}, best half {2}, overdue {3}")
    @CsvSource({
        "1, 1, false, false, STRICT",
        "2, 3, false, false, STRICT",
        "1, 2, true, false, HALF",
        "1, 2, false, false, MISSING",
        "1, 2, false, true, OVERDUE",
        "2, 4, true, true, HALF",
        "1, 3, true, false, MISSING",
        "1, 3, false, true, OVERDUE",
        "0, 2, true, false, MISSING"
    })
    void aClaimGoesOnWithAMajorityOrTheBestHalfOrWhenItsWaitIsOver(
            int granted, int counted, boolean half, boolean overdue, Quorum expected) {
        assertThat(Quorum.of(granted, counted, half, overdue)).isEqualTo(expected);
    }

    @Property
    void twoMajoritiesShareANode(@ForAll @IntRange(min = 1, max = 9) int nodes, @ForAll int votes) {
        int first = Integer.bitCount(votes & ((1 << nodes) - 1));
        boolean one = Quorum.of(first, nodes, false, false) == Quorum.STRICT;
        boolean rest = Quorum.of(nodes - first, nodes, false, false) == Quorum.STRICT;
        assertThat(one && rest).isFalse();
    }
}
