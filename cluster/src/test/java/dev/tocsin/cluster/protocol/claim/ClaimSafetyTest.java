package dev.tocsin.cluster.protocol.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.claim.Grant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold whatever happens: no two nodes may send for one key by the word of a majority at the same time. */
class ClaimSafetyTest {
    private static final Duration STEP = Duration.ofMillis(10);

    @Property(tries = 40, seed = "4", shrinking = ShrinkingMode.OFF)
    void noTwoMajoritiesGrantOneKeyAtTheSameTime(@ForAll long seed) {
        assertThat(mostSenders(seed)).as("seed %s", seed).isOne();
    }

    @ParameterizedTest
    @EnumSource(
            value = Rule.class,
            names = {"COLD", "EXCLUSIVE_PROMISE", "QUORUM_OF_ANSWERS"})
    void theSearchFindsTwoSendersWhenARuleIsOff(Rule rule) {
        assertThat(LongStream.range(0, 60).anyMatch(seed -> mostSenders(seed, rule) > 1))
                .isTrue();
    }

    /** How many nodes at most were allowed to send at one instant of a run with this seed. */
    private static int mostSenders(long seed, Rule... suspended) {
        Random random = new Random(seed);
        ClaimCluster cluster = new ClaimCluster(random.nextBoolean() ? 3 : 5, Tie.WAIT, seed, suspended);
        List<ClaimNode.Flush> flushes = new ArrayList<>();
        int most = 0;
        for (int step = 0; step < 6000 && most < 2; step++) {
            if (step % 20 == 0) {
                act(cluster, random, flushes);
            }
            cluster.time.advance(STEP);
            int senders = 0;
            for (ClaimNode.Flush flush : flushes) {
                Grant grant = flush.grant;
                if (grant != null && grant.doubt().isEmpty() && grant.maySend() && flush.alive()) {
                    senders++;
                }
            }
            most = Math.max(most, senders);
        }
        return most;
    }

    private static void act(ClaimCluster cluster, Random random, List<ClaimNode.Flush> flushes) {
        ClaimNode node = cluster.any(random);
        switch (random.nextInt(16)) {
            case 0 -> cluster.network.isolate(node.context.node());
            case 1 ->
                cluster.network.isolate(
                        node.context.node(), cluster.any(random).context.node());
            case 2 ->
                cluster.network.cut(
                        node.context.node(), cluster.any(random).context.node());
            case 3, 4 -> cluster.network.heal();
            case 5 -> cluster.network.lose(random.nextBoolean() ? 0 : 0.2);
            case 6 -> cluster.network.delay(Duration.ofMillis(1 + random.nextInt(200)));
            case 7 -> {
                cluster.kill(node);
                cluster.time.advance(Duration.ofMillis(random.nextInt(1000)));
                cluster.restart(node);
            }
            default -> {
                String firing = String.valueOf((char) ('A' + random.nextInt(26)));
                flushes.removeIf(flush -> flush.ended);
                flushes.add(node.tell(firing, Duration.ofMillis(random.nextInt(6000))));
            }
        }
    }
}
