package dev.tocsin.cluster.protocol.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.storage.MemoryStorage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InferredEndsTest extends SyncRig {
    @Test
    void anAlertThatEndsOnlyForWantOfNewsEndsAtTheSameTimeOnAllNodes() {
        List<SyncNode> nodes = cluster("a", "b", "c");
        SyncNode a = nodes.getFirst();
        a.post(Duration.ofMinutes(1), a.firing("X"));
        a.post(INSTANT, a.firing("X"));
        time.advance(SECOND.multipliedBy(235));
        assertThat(nodes).allMatch(node -> node.fires("X"));
        time.advance(SECOND.multipliedBy(5));
        assertThat(nodes).noneMatch(node -> node.fires("X"));
    }

    @Test
    void aNodeThatIsCutOffBelievesNoEndThatWasOnlyInferred() {
        List<SyncNode> nodes = cluster("a", "b", "c");
        SyncNode a = nodes.get(0);
        SyncNode c = nodes.get(2);
        a.post(INSTANT, a.firing("X"));
        network.isolate("c");
        for (int minute = 0; minute < 10; minute++) {
            a.post(Duration.ofMinutes(1), a.firing("X"));
            assertThat(c.fires("X")).isTrue();
        }
        a.post(INSTANT, a.resolved("X"));
        network.heal();
        time.advance(SECOND.multipliedBy(10));

        assertThat(c.fires("X")).isFalse();
    }

    @Test
    void withoutThatRuleItBelievesIt() {
        SyncNode a = node("a").start();
        SyncNode b = node("b").start();
        SyncNode c = new SyncNode(
                        time, network, "c", Duration.ZERO, 99, 1, new MemoryStorage(time), Set.of(Rule.INFERRED_END))
                .start();
        time.advance(SECOND.multipliedBy(4));
        a.post(INSTANT, a.firing("X"));
        network.isolate("c");
        for (int minute = 0; minute < 10; minute++) {
            a.post(Duration.ofMinutes(1), a.firing("X"));
        }

        assertThat(b.fires("X")).isTrue();
        assertThat(c.fires("X")).isFalse();
    }
}
