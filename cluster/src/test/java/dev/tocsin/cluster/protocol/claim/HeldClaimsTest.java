package dev.tocsin.cluster.protocol.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.log.Entries;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is left of claims that never had a majority, and what is said by a node that could not ask everybody. */
class HeldClaimsTest {
    private static final Duration QUICK = Duration.ofMillis(50);

    private static ClaimCluster splitAfterTwo() {
        ClaimCluster cluster = new ClaimCluster(5, Tie.WAIT);
        cluster.network.isolate(
                cluster.ranked(0).context.node(), cluster.ranked(1).context.node());
        return cluster;
    }

    @Test
    void aClaimThatNeverHadAMajorityLeavesNoDoubtWhenItsNodeDies() {
        ClaimCluster cluster = splitAfterTwo();
        ClaimNode few = cluster.ranked(0);
        ClaimNode granter = cluster.ranked(1);
        few.tell("A", QUICK);
        cluster.advance(3000);
        assertThat(granter.claims.isPromised(Entries.KEY)).isTrue();

        cluster.kill(few);
        cluster.advance(5000);

        assertThat(granter.claims.isPromised(Entries.KEY)).isFalse();
        assertThat(granter.state().maybes()).isEmpty();
    }

    @Test
    void aClaimThatMayHaveHadAMajorityInItsLastRoundLeavesADoubt() {
        ClaimCluster cluster = new ClaimCluster(5, Tie.WAIT);
        ClaimNode sender = cluster.ranked(0);
        sender.tell("A", QUICK);
        cluster.advance(5);
        cluster.kill(sender);
        cluster.advance(5000);

        assertThat(cluster.ranked(1).state().maybes()).hasSize(1);
    }

    @Test
    void aHeldClaimSendsUnmarkedWhenAMajorityAnswersTwice() {
        ClaimCluster cluster = splitAfterTwo();
        ClaimNode few = cluster.ranked(0);
        few.tell("A", QUICK);
        cluster.advance(3000);
        cluster.network.heal();
        cluster.advance(3000);

        assertThat(cluster.sink).containsExactly(few.context.node() + " 0");
        assertThat(few.story).last().isEqualTo("told");
    }

    @Test
    void whoCouldNotAskEverybodyMarksWhatItTellsFirst() {
        ClaimCluster cluster = new ClaimCluster(2, Tie.WAIT);
        ClaimNode alone = cluster.ranked(0);
        ClaimNode other = cluster.ranked(1);
        cluster.time.stall(Duration.ofMillis(1100));
        cluster.kill(other);
        cluster.advance(5000);
        alone.members.becomeWarm(Set.of(other.context.node()));

        alone.tell("A", QUICK);
        cluster.advance(1000);
        alone.tell("AB", QUICK);
        cluster.advance(1000);

        String name = alone.context.node();
        assertThat(cluster.sink).containsExactly(name + " 0 marked", name + " 1");
        assertThat(alone.story)
                .contains("granted: what has been told meanwhile could not be asked of " + other.context.node());
    }
}
