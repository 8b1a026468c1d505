package dev.tocsin.cluster.protocol.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.TakeOver;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.claim.Grant;
import dev.tocsin.core.log.Entries;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.metrics.MetricValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each row of sections 5 and 6 of the protocol. */
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
    void theDeathOfASenderFreesTheGroup() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        List<LogKey> freed = new ArrayList<>();
        ClaimNode granter = cluster.ranked(1);
        granter.claims.listen(freed::add);
        cluster.ranked(0).tell("A", Duration.ofSeconds(60));
        cluster.advance(1000);
        cluster.kill(cluster.ranked(0));
        cluster.advance(1000);
        assertThat(freed).containsExactly(Entries.KEY);
        assertThat(granter.claims.promised(Entries.KEY.groupKey(), Entries.KEY.receiver()))
                .isFalse();
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
    void theDeathOfASenderLeavesAMaybeAndTheSuccessorSendsMarkedUnderTheSameNumber() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode sender = cluster.ranked(0);
        sender.tell("A", Duration.ofMillis(100));
        cluster.advance(50);
        cluster.ranked(1).tell("A", QUICK);
        cluster.advance(10);
        cluster.kill(sender);
        cluster.advance(1000);
        assertThat(cluster.sink)
                .containsExactly(
                        sender.context.node() + " 0", cluster.ranked(1).context.node() + " 0 marked");
        assertThat(cluster.ranked(1).story).contains("denied: " + sender.context.node() + " is gone");
    }

    @Test
    void withoutMaybesTheSuccessorOfADeadSenderDoesNotSayThatItMayRepeat() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT, Rule.MAYBE);
        ClaimNode sender = cluster.ranked(0);
        sender.tell("A", Duration.ofMillis(100));
        cluster.advance(50);
        cluster.kill(sender);
        cluster.advance(500);
        cluster.ranked(1).tell("A", QUICK);
        cluster.advance(1000);
        assertThat(cluster.sink).last().isEqualTo(cluster.ranked(1).context.node() + " 0");
    }

    @Test
    void aSenderThatIsCutOffLosesItsLeaseBeforeItsSuccessorSends() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode sender = cluster.ranked(0);
        sender.tell("A", Duration.ofSeconds(60));
        cluster.advance(1000);
        cluster.network.isolate(sender.context.node());
        cluster.ranked(1).tell("A", QUICK);
        cluster.advance(2550);
        assertThat(sender.story).contains("lapsed");
        assertThat(cluster.sink).isEmpty();
        cluster.advance(2000);
        assertThat(cluster.sink).containsExactly(cluster.ranked(1).context.node() + " 0 marked");
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
    void aLeaseOutlivesTwoLostRenewals() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode sender = cluster.ranked(0);
        ClaimNode.Flush flush = sender.tell("A", Duration.ofSeconds(20));
        cluster.advance(1350);
        cluster.network.lose(1);
        cluster.advance(850);
        cluster.network.lose(0);
        cluster.advance(1400);
        assertThat(grant(flush).maySend()).isTrue();
        assertThat(sender.story).containsExactly("granted");
    }

    @Test
    void aGranterThatHasForgottenGetsTheWholeClaimAgain() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode sender = cluster.ranked(0);
        sender.tell("A", Duration.ofSeconds(20));
        cluster.advance(500);
        ClaimNode granter = cluster.ranked(2);
        cluster.kill(granter);
        cluster.advance(300);
        granter = cluster.restart(granter);
        cluster.advance(2000);
        assertThat(granter.claims.isPromised(Entries.KEY))
                .as("while it abstains")
                .isFalse();
        cluster.advance(3000);
        assertThat(granter.claims.isPromised(Entries.KEY)).isTrue();
        assertThat(sender.story).containsExactly("granted");
    }

    @Test
    void aRestartedGranterHelpsNobodyToASecondGrant() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode sender = cluster.ranked(0);
        cluster.network.cut(cluster.ranked(2).context.node(), sender.context.node());
        cluster.network.cut(sender.context.node(), cluster.ranked(2).context.node());
        cluster.advance(1500);
        sender.tell("A", Duration.ofMillis(2400));
        cluster.advance(500);
        ClaimNode granter = cluster.ranked(1);
        cluster.kill(granter);
        cluster.advance(300);
        cluster.restart(granter);
        cluster.ranked(2).tell("A", QUICK);
        cluster.advance(5000);
        assertThat(cluster.sink.getFirst()).startsWith(sender.context.node());
        assertThat(cluster.sink.stream().filter(line -> !line.endsWith("marked")))
                .hasSize(1);
    }

    @Test
    void aRestartedNodeDoesNotVoteForItselfEither() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode node = cluster.ranked(1);
        cluster.kill(node);
        cluster.advance(300);
        node = cluster.restart(node);
        cluster.advance(300);
        cluster.network.isolate(cluster.ranked(2).context.node());
        node.tell("A", QUICK);
        cluster.advance(1000);
        assertThat(cluster.sink).isEmpty();
        cluster.advance(3500);
        assertThat(cluster.sink).hasSize(1);
    }

    @Test
    void aColdNodeNeitherAsksNorGrants() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode cold = cluster.ranked(0);
        cluster.time.stall(Duration.ofMillis(1100));
        cluster.time.settle();
        assertThat(cold.members.warm()).isFalse();
        cold.tell("A", QUICK);
        assertThat(cold.story).containsExactly("held: this node does not know yet what the others know");
        cluster.advance(100);
        cluster.ranked(1).members.becomeWarm();
        cluster.ranked(1).tell("A", QUICK);
        cluster.advance(1000);
        assertThat(cluster.sink).isEmpty();
        cluster.ranked(2).members.becomeWarm();
        cluster.advance(1000);
        assertThat(cluster.sink).containsExactly(cluster.ranked(1).context.node() + " 0");
        cold.members.becomeWarm();
        cluster.advance(100);
        assertThat(cold.story.getLast()).isEqualTo("quiet");
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
    void aClaimOfUnknownOutcomeLeavesAMaybeEverywhere() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode.Flush flush = cluster.ranked(0).tell("A", Duration.ofSeconds(9));
        cluster.advance(100);
        flush.giveUp(Grant.Release.UNKNOWN);
        cluster.advance(10);
        for (int i = 1; i < 3; i++) {
            assertThat(cluster.ranked(i).claims.isPromised(Entries.KEY)).isFalse();
            assertThat(cluster.ranked(i).state().maybes()).hasSize(1);
        }
        cluster.ranked(1).tell("A", QUICK);
        cluster.advance(500);
        assertThat(cluster.sink).containsExactly(cluster.ranked(1).context.node() + " 0 marked");
        assertThat(cluster.ranked(2).state().maybes()).isEmpty();
    }

    @Test
    void aClaimantThatMissedAMaybeIsDeniedWithItAndSendsMarked() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode behind = cluster.ranked(2);
        cluster.network.isolate(behind.context.node());
        cluster.advance(1500);
        ClaimNode.Flush flush = cluster.ranked(0).tell("A", Duration.ofSeconds(9));
        cluster.advance(500);
        flush.giveUp(Grant.Release.UNKNOWN);
        cluster.advance(100);
        cluster.network.heal();
        cluster.advance(500);
        behind.tell("A", QUICK);
        cluster.advance(1000);
        assertThat(behind.story).anyMatch(line -> line.endsWith("knows more"));
        assertThat(cluster.sink).containsExactly(behind.context.node() + " 0 marked");
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
        // three nodes ping and answer each other four times a second
        long pings = 7 * 4 * 2 * 6;
        assertThat(cluster.network.sent() - before - pings).isLessThan(10 * 4 + 60);
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

    @Test
    void aMessageThatCannotBeReadIsSurvived() {
        ClaimCluster cluster = new ClaimCluster(1, Tie.WAIT);
        Envelope broken = Envelope.newBuilder()
                .setClaim(dev.tocsin.cluster.proto.Claim.newBuilder()
                        .setContent(dev.tocsin.cluster.proto.Aged.newBuilder()
                                .setContent(com.google.protobuf.ByteString.copyFromUtf8("nonsense"))))
                .build();
        assertThat(cluster.node("a").claims.take("b", broken)).isTrue();
    }
}
