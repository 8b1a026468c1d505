package dev.tocsin.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.fixture.Rows;
import dev.tocsin.it.sim.check.Violation;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the table is there for a reason: a seed that keeps the promise with it breaks it without it. */
class RulesTest {
    static Stream<Arguments> rules() {
        return Rows.of(RulesTest.class, "rules.tsv", 4);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void withTheRuleThePromiseIsKept(Rule rule, Trial trial, long seed, String broken) {
        Run run = trial.scenario(seed, Set.of()).run();

        assertThat(run.violations()).as(run::report).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void withoutTheRuleItIsBroken(Rule rule, Trial trial, long seed, String broken) {
        Run run = trial.scenario(seed, Set.of(rule)).run();

        assertThat(run.violations()).extracting(Violation::guarantee).contains(broken);
    }
}
