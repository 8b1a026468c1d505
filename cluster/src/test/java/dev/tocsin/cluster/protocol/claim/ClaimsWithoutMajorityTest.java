package dev.tocsin.cluster.protocol.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.log.Entries;
import dev.tocsin.core.metrics.MetricValues;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sections 5 and 6 of the protocol, where a claim does not get the answers of a majority. */
class ClaimsWithoutMajorityTest {
    private static final Duration QUICK = Duration.ofMillis(50);

    @Test
    void theMinorityHoldsAndSendsMarkedWhenItsWaitIsOver() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode cut = cluster.ranked(0);
        cluster.network.isolate(cut.context.node());
        cut.tell("A", QUICK);
        cluster.advance(44_000);
        assertThat(cluster.sink).isEmpty();
        assertThat(cut.story).containsExactly("held: 1 of 3 nodes could be asked; waiting for a majority");
        cluster.advance(2000);
        assertThat(cluster.sink).containsExactly(cut.context.node() + " 0 marked");
        assertThat(cut.story).contains("granted: no majority could be asked within 45 s: 1 of 3 nodes");
        MetricValues values = new MetricValues(cut.context.metrics());
        assertThat(values.value("tocsin_cluster_claims_total", "held")).isEqualTo(1);
        assertThat(values.value("tocsin_cluster_claims_total", "fail_open")).isEqualTo(1);
    }

    @Test
    void theMajoritySendsUnmarkedWhileAMinorityIsCutOff() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        cluster.network.isolate(cluster.ranked(2).context.node());
        cluster.ranked(0).tell("A", QUICK);
        cluster.advance(1000);
        assertThat(cluster.sink).containsExactly(cluster.ranked(0).context.node() + " 0");
        assertThat(cluster.ranked(0).story).containsExactly("granted", "told");
    }

    @Test
    void aHeldClaimIsGrantedAsSoonAsTheOthersAnswerAgain() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode cut = cluster.ranked(0);
        cluster.network.isolate(cut.context.node());
        cut.tell("A", QUICK);
        cluster.advance(10_000);
        cluster.network.heal();
        cluster.advance(1500);
        assertThat(cluster.sink).containsExactly(cut.context.node() + " 0");
    }

    @Test
    void exactlyHalfGoesOnOnTheSideOfTheBestRankedNodeOnly() {
        ClaimCluster cluster = new ClaimCluster(2, Tie.WAIT);
        cluster.network.isolate("a");
        cluster.advance(1500);
        cluster.ranked(0).tell("A", QUICK);
        cluster.ranked(1).tell("A", QUICK);
        cluster.advance(30_000);
        assertThat(cluster.sink).containsExactly(cluster.ranked(0).context.node() + " 0 marked");
        cluster.advance(20_000);
        assertThat(cluster.sink)
                .hasSize(2)
                .last()
                .isEqualTo(cluster.ranked(1).context.node() + " 0 marked");
    }

    @Test
    void exactlyHalfSendsOnBothSidesIfToldTo() {
        ClaimCluster cluster = new ClaimCluster(2, Tie.SEND);
        cluster.network.isolate("a");
        cluster.advance(1500);
        cluster.ranked(1).tell("A", QUICK);
        cluster.advance(1000);
        assertThat(cluster.sink).containsExactly(cluster.ranked(1).context.node() + " 0 marked");
    }

    @Test
    void aKilledPeerDoesNotCountSoTheSurvivorOfTwoDoesNotWait() {
        ClaimCluster cluster = new ClaimCluster(2, Tie.WAIT);
        cluster.kill(cluster.ranked(0));
        cluster.advance(500);
        cluster.ranked(1).tell("A", QUICK);
        cluster.advance(500);
        assertThat(cluster.sink).containsExactly(cluster.ranked(1).context.node() + " 0");
    }

    @Test
    void whoSurvivesNodesThatItHadLostSightOfSaysThatTheyMayHaveTold() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode survivor = cluster.ranked(0);
        cluster.network.isolate(survivor.context.node());
        cluster.advance(1500);
        cluster.ranked(1).tell("A", QUICK);
        cluster.advance(500);
        cluster.kill(cluster.ranked(1));
        cluster.kill(cluster.ranked(2));
        cluster.network.heal();
        cluster.advance(1000);
        survivor.tell("A", QUICK);
        cluster.advance(1000);
        assertThat(cluster.sink)
                .containsExactly(cluster.ranked(1).context.node() + " 0", survivor.context.node() + " 0 marked");
        survivor.tell("B", QUICK);
        cluster.advance(1000);
        assertThat(cluster.sink).last().isEqualTo(survivor.context.node() + " 1");
    }

    @Test
    void whatAMinorityHasPromisedIsNotInTheWayOfAMajority() {
        ClaimCluster cluster = new ClaimCluster(5, Tie.WAIT);
        String holder = cluster.ranked(3).context.node();
        for (int rank = 0; rank < 3; rank++) {
            cluster.network.cut(holder, cluster.ranked(rank).context.node());
            cluster.network.cut(cluster.ranked(rank).context.node(), holder);
        }
        cluster.advance(1500);
        cluster.ranked(3).tell("A", QUICK);
        cluster.advance(2000);
        assertThat(cluster.ranked(4).claims.isPromised(Entries.KEY)).isTrue();
        cluster.ranked(0).tell("A", QUICK);
        cluster.advance(500);
        assertThat(cluster.sink).containsExactly(cluster.ranked(0).context.node() + " 0");
        assertThat(cluster.ranked(0).story).containsExactly("granted", "told");
    }
}
