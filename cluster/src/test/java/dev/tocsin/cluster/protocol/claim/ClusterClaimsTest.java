package dev.tocsin.cluster.protocol.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.proto.TakeOver;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.claim.Grant;
import dev.tocsin.core.log.Entries;
import dev.tocsin.core.log.LogKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each row of sections 5 and 6 of the protocol, as long as all nodes live and hear each other. */
class ClusterClaimsTest {
    private static final Duration QUICK = Duration.ofMillis(50);

    private static Grant grant(ClaimNode.Flush flush) {
        return Objects.requireNonNull(flush.grant);
    }

    @Test
    void aClaimIsGrantedByAllAndTheEntryEndsThePromises() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        cluster.ranked(0).tell("A", QUICK);
        cluster.advance(10);
        assertThat(cluster.ranked(1).claims.isPromised(Entries.KEY)).isTrue();
        assertThat(cluster.ranked(2).claims.isPromised(Entries.KEY)).isTrue();
        cluster.advance(100);
        assertThat(cluster.sink).containsExactly(cluster.ranked(0).context.node() + " 0");
        assertThat(cluster.ranked(0).story).containsExactly("granted", "told");
        for (int i = 0; i < 3; i++) {
            assertThat(cluster.ranked(i).claims.isPromised(Entries.KEY)).isFalse();
            assertThat(cluster.ranked(i).state().heads()).hasSize(1);
        }
        cluster.advance(10_000);
        assertThat(cluster.ranked(1).state().maybes()).isEmpty();
    }

    @Test
    void aGroupIsPromisedAsLongAsTheClaimRunsAndItsEndWithAnOutcomeFreesNobody() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        List<LogKey> freed = new ArrayList<>();
        ClaimNode granter = cluster.ranked(1);
        granter.claims.listen(freed::add);
        cluster.ranked(0).tell("A", Duration.ofSeconds(5));
        cluster.advance(4000);
        assertThat(granter.claims.promised(Entries.KEY.groupKey(), Entries.KEY.receiver()))
                .isTrue();
        assertThat(granter.claims.promised(Entries.KEY.groupKey(), "other")).isFalse();
        cluster.advance(2000);
        assertThat(granter.claims.promised(Entries.KEY.groupKey(), Entries.KEY.receiver()))
                .isFalse();
        assertThat(freed).isEmpty();
    }

    @Test
    void aNodeAloneInTheWorldGrantsItself() {
        ClaimCluster cluster = new ClaimCluster(1, Tie.WAIT);
        cluster.node("a").tell("A", QUICK);
        assertThat(cluster.node("a").story).containsExactly("granted");
    }

    @Test
    void whoAsksWhileAnotherSendsWaitsForTheEntryAndThenHasNothingToTell() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        cluster.ranked(2).tell("A", QUICK);
        cluster.advance(10);
        cluster.ranked(0).tell("A", QUICK);
        cluster.advance(200);
        assertThat(cluster.sink).hasSize(1);
        assertThat(cluster.ranked(0).story)
                .containsExactly(
                        "held: it is promised to " + cluster.ranked(2).context.node(),
                        "denied: another node has notified",
                        "quiet");
    }

    @Test
    void ofTwoThatAskAtOnceTheBetterRankedOneSends() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        cluster.ranked(2).tell("A", QUICK);
        cluster.ranked(0).tell("A", QUICK);
        cluster.advance(2000);
        assertThat(cluster.sink).containsExactly(cluster.ranked(0).context.node() + " 0");
        assertThat(cluster.ranked(2).story)
                .contains("held: a better-ranked node asks")
                .endsWith("quiet");
    }

    @Test
    void ofManyThatAskAtOnceOneSends() {
        for (int size = 3; size <= 7; size++) {
            ClaimCluster cluster = new ClaimCluster(size, Tie.WAIT);
            for (int rank = size - 1; rank >= 0; rank--) {
                cluster.ranked(rank).tell("A", QUICK);
            }
            cluster.advance(5000);
            assertThat(cluster.sink).singleElement().asString().endsWith(" 0");
            for (int rank = 0; rank < size; rank++) {
                assertThat(cluster.ranked(rank).story.getLast()).isIn("told", "quiet");
            }
        }
    }

    @Test
    void aRunningRequestIsNotPreemptedByABetterRankedNode() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        cluster.ranked(2).tell("A", Duration.ofSeconds(9));
        cluster.advance(500);
        cluster.ranked(0).tell("A", QUICK);
        cluster.advance(10_000);
        assertThat(cluster.sink).containsExactly(cluster.ranked(2).context.node() + " 0");
    }

    @Test
    void withoutExclusivePromisesARunningRequestIsRepeated() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT, Rule.EXCLUSIVE_PROMISE);
        cluster.ranked(2).tell("A", Duration.ofMillis(650));
        cluster.advance(500);
        cluster.ranked(0).tell("A", QUICK);
        cluster.advance(10_000);
        assertThat(cluster.sink).hasSize(2);
    }

    @Test
    void aClaimantThatMissedAnEntryIsDeniedWithItAndDecidesAgain() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode behind = cluster.ranked(0);
        cluster.network.isolate(behind.context.node());
        cluster.advance(1500);
        cluster.ranked(1).tell("A", QUICK);
        cluster.advance(1500);
        assertThat(cluster.sink).hasSize(1);
        cluster.network.heal();
        cluster.advance(500);
        assertThat(behind.state().heads()).isEmpty();
        behind.tell("A", QUICK);
        cluster.advance(1000);
        assertThat(cluster.sink).hasSize(1);
        assertThat(behind.state().heads()).hasSize(1);
        assertThat(behind.story.getFirst()).startsWith("denied: ").endsWith(" knows more");
        assertThat(behind.story.getLast()).isEqualTo("quiet");
    }

    @Test
    void renewalsCarryARequestThatTakesLongerThanALease() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        cluster.ranked(0).tell("A", Duration.ofSeconds(20));
        cluster.advance(21_000);
        assertThat(cluster.sink).containsExactly(cluster.ranked(0).context.node() + " 0");
        assertThat(cluster.ranked(0).story).containsExactly("granted", "told");
    }

    @Test
    void answersThatTakeLongerThanARoundCountAllTheSame() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        cluster.network.delay(Duration.ofMillis(400)); // a question every 500 ms, a renewal every 700 ms
        cluster.ranked(0).tell("A", Duration.ofSeconds(20));
        cluster.advance(1000);
        assertThat(cluster.ranked(0).story)
                .containsExactly("held: 1 of 3 nodes could be asked; waiting for a majority", "granted");
        cluster.advance(21_000);
        assertThat(cluster.sink).containsExactly(cluster.ranked(0).context.node() + " 0");
    }

    @Test
    void aClaimThatWasNotSentLeavesNothingBehind() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode.Flush flush = cluster.ranked(0).tell("A", Duration.ofSeconds(9));
        cluster.advance(100);
        flush.giveUp(Grant.Release.NOT_SENT);
        cluster.advance(10);
        for (int i = 1; i < 3; i++) {
            assertThat(cluster.ranked(i).claims.isPromised(Entries.KEY)).isFalse();
            assertThat(cluster.ranked(i).state().maybes()).isEmpty();
        }
    }

    @Test
    void aSecondFlushOfTheSameNodeWaitsForTheFirst() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        cluster.ranked(0).tell("A", QUICK);
        cluster.ranked(0).tell("A", QUICK);
        cluster.advance(500);
        assertThat(cluster.sink).hasSize(1);
        assertThat(cluster.ranked(0).story).contains("held: an earlier notification is still being sent");
    }

    @Test
    void whoGivesUpWhileAskingLeavesThePromisesFree() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode.Flush flush = cluster.ranked(0).tell("A", QUICK);
        flush.giveUp(Grant.Release.NOT_SENT);
        cluster.advance(100);
        assertThat(cluster.sink).isEmpty();
        assertThat(cluster.ranked(1).claims.isPromised(Entries.KEY)).isFalse();
        cluster.ranked(1).tell("A", QUICK);
        cluster.advance(100);
        assertThat(cluster.sink).containsExactly(cluster.ranked(1).context.node() + " 0");
    }

    @Test
    void manyClaimsAreRenewedWithOneMessagePerPeerAndRound() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        for (int i = 0; i < 200; i++) {
            cluster.node("a").tell(new LogKey("{}:{n=\"" + i + "\"}", "r", "webhook", 0), "A", Duration.ofSeconds(30));
        }
        cluster.advance(1500);
        long before = cluster.network.sent();
        cluster.advance(7000);
        // each of three nodes tells each other one four times a second that it is there
        long heartbeats = 7 * 4 * 6;
        assertThat(cluster.network.sent() - before - heartbeats).isLessThan(10 * 4 + 60);
        cluster.advance(25_000);
        assertThat(cluster.sink).hasSize(200);
    }

    @Test
    void aNodeWithABrokenWayToTheReceiverHandsOverToEachOtherNodeOnce() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        List<TakeOver> heard = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            cluster.ranked(i).add((peer, message) -> message.hasTakeOver() && heard.add(message.getTakeOver()));
        }
        ClaimNode.Flush first = cluster.ranked(0).tell("A", Duration.ofSeconds(9));
        cluster.advance(100);
        assertThat(grant(first).hasSuccessor()).isTrue();
        first.giveUp(Grant.Release.NOT_SENT);
        assertThat(grant(first).handOver()).isEqualTo(cluster.ranked(1).context.node());
        cluster.advance(10);
        assertThat(heard).hasSize(1);

        ClaimNode.Flush second = cluster.ranked(1).tell("A", Duration.ofSeconds(9));
        cluster.advance(100);
        second.giveUp(Grant.Release.NOT_SENT);
        assertThat(grant(second).handOver()).isEqualTo(cluster.ranked(2).context.node());
        cluster.advance(10);

        ClaimNode.Flush third = cluster.ranked(2).tell("A", Duration.ofSeconds(9));
        cluster.advance(100);
        assertThat(grant(third).hasSuccessor()).isFalse();
        assertThat(heard.getLast().getTriedList())
                .containsExactlyInAnyOrder(
                        cluster.ranked(0).context.node(),
                        cluster.ranked(1).context.node());
    }
}
