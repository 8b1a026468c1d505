package dev.tocsin.cluster.protocol.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.claim.Grant;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.Entries;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.VersionVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Sections 5 and 6 of the protocol, where nodes die, start again, or miss something. */
class ClaimsAcrossFailuresTest {
    private static final Duration QUICK = Duration.ofMillis(50);

    private static Grant grant(ClaimNode.Flush flush) {
        return Objects.requireNonNull(flush.grant);
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
    void whoeverDoubtsWhatCameOfAClaimIsToldByAClaimantThatKnows() {
        ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);
        ClaimNode claimant = cluster.ranked(1);
        ClaimNode doubter = cluster.ranked(2);
        ClaimContent refused =
                Entries.claim(new ClaimId(77, 1, 1), 4096, VersionVector.EMPTY, "A", "", cluster.time.now());
        claimant.log.refused(refused);
        doubter.log.merge(List.of(), List.of(refused));
        claimant.tell("A", QUICK);
        cluster.advance(1000);
        assertThat(cluster.sink).containsExactly(claimant.context.node() + " 0");
        assertThat(claimant.story)
                .containsExactly("denied: " + doubter.context.node() + " knows more", "granted", "told");
        assertThat(doubter.state().maybes()).isEmpty();
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
    void aGranterThatHasForgottenGetsTheWholeClaimAgainAndRemembersItBeforeItHasAVote() {
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
                .isTrue();
        cluster.advance(3000);
        assertThat(granter.claims.isPromised(Entries.KEY)).isTrue();
        assertThat(sender.story).containsExactly("granted");
        cluster.kill(sender);
        cluster.advance(1000);
        assertThat(granter.state().maybes()).hasSize(1);
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
