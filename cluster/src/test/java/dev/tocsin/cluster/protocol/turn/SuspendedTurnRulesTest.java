package dev.tocsin.cluster.protocol.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.TestAlert;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of turns when a rule is switched off: each is needed. */
class SuspendedTurnRulesTest {
    private final TurnCluster turns = new TurnCluster();

    @Test
    void withoutAdoptTheEndIsNeverTold() {
        turns.cluster(TurnCluster.routes(), Rule.ADOPT);
        Alert end = TestAlert.resolved(TestAlert.firing(turns.time.now().minusSeconds(60), "a", "1"), turns.time.now());
        turns.nodes.forEach(node -> node.put(end));
        turns.nodes.forEach(node -> node.knownToFire.add(end.labels()));
        turns.nodes.forEach(node -> node.log.merge(List.of(turns.entry(end)), List.of()));
        turns.at(60);
        turns.nodes.forEach(node -> assertThat(node.flushes).isEmpty());
    }

    @Test
    void withoutTickDoneEverybodyFlushesInTheEnd() {
        turns.cluster(TurnCluster.routes(), Rule.TICK_DONE);
        turns.nodes.forEach(node -> node.latency = Duration.ofSeconds(20));
        turns.fire("1");
        turns.at(15);
        turns.nodes.forEach(node -> assertThat(node.flushes).hasSize(1));
    }

    @Test
    void withoutEscalationASilentNodeIsWaitedForForEver() {
        turns.cluster(TurnCluster.routes(), Rule.NUDGE_AND_ESCALATE);
        List<TurnNode> ranked = turns.ranked();
        ranked.getFirst().latency = Duration.ofHours(1);
        turns.fire("1");
        turns.at(600);
        assertThat(ranked.getFirst().nudges()).isZero();
        assertThat(ranked.get(1).flushes).isEmpty();
    }
}
