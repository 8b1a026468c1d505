package dev.tocsin.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.fixture.Rows;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The 2,000 seeds that each build runs, a part of them from 3,000,000 on, contain every fault and every configuration of the
 * table often.
 */
class FaultsTest {
    private static final int SEEDS = 2_000;
    private static final int LATEST = SEEDS / SimulatorIT.LATEST;
    private static final Map<String, Integer> FIRST = drawn(0, SEEDS - LATEST);
    private static final Map<String, Integer> DRAWN = sum(FIRST, drawn(Chaos.LATEST_SEEDS, LATEST));
    private static final Map<String, Integer> DRAWN_LATER = drawn(20_000, SEEDS);

    private static Map<String, Integer> sum(Map<String, Integer> some, Map<String, Integer> others) {
        Map<String, Integer> sum = new HashMap<>(some);
        others.forEach((fault, count) -> sum.merge(fault, count, Integer::sum));
        return Map.copyOf(sum);
    }

    private static Map<String, Integer> drawn(long first, long count) {
        Map<String, Integer> drawn = new HashMap<>();
        for (long seed = first; seed < first + count; seed++) {
            Chaos chaos = new Chaos(seed, settings -> settings);
            chaos.scenario();
            chaos.faults().stream().distinct().forEach(fault -> drawn.merge(fault, 1, Integer::sum));
        }
        return Map.copyOf(drawn);
    }

    static Stream<Arguments> faults() {
        return Rows.of(FaultsTest.class, "faults.tsv", 3);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void manySeedsHaveTheFault(String fault, String what, int least) {
        assertThat(DRAWN.getOrDefault(fault, 0)).as(what).isGreaterThanOrEqualTo(least);
    }

    @Test
    void laterSeedsAlsoKnowSendersThatDoNotReachAllNodes() {
        assertThat(FIRST).doesNotContainKey(Chaos.Kind.SENDERS.name());
        assertThat(DRAWN_LATER.getOrDefault(Chaos.Kind.SENDERS.name(), 0)).isGreaterThan(200);
    }

    @Test
    void someSeedsHaveNoFault() {
        Chaos calm = new Chaos(8, settings -> settings);
        calm.scenario();

        assertThat(calm.faults()).allMatch(fault -> fault.endsWith(" nodes") || fault.equals("skewed clocks"));
    }
}
