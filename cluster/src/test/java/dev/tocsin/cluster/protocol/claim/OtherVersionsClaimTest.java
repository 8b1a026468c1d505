package dev.tocsin.cluster.protocol.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tocsin.cluster.proto.Aged;
import dev.tocsin.cluster.proto.Claim;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Envelope.BodyCase;
import dev.tocsin.cluster.proto.Release;
import dev.tocsin.cluster.protocol.OtherVersions;
import dev.tocsin.core.claim.Grant;
import dev.tocsin.core.log.Entries;
import dev.tocsin.core.metrics.MetricValues;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims among nodes of other versions. */
class OtherVersionsClaimTest {
    private final OtherVersions.Seen seen = new OtherVersions.Seen();
    private final ClaimCluster cluster = new ClaimCluster(3, Tie.WAIT);

    private void claim(UnaryOperator<Envelope> version) {
        cluster.network.rewrite(message -> version.apply(seen.note(message)));
        cluster.ranked(0).tell("A", Duration.ofSeconds(4));
        cluster.advance(1000);
        cluster.ranked(1).tell("A", Duration.ofMillis(50));
        cluster.advance(5000);
        assertThat(cluster.sink).containsExactly(cluster.ranked(0).context.node() + " 0");
        ClaimNode.Flush next = cluster.ranked(1).tell("B", Duration.ofSeconds(9));
        cluster.advance(100);
        next.giveUp(Grant.Release.UNKNOWN);
        cluster.advance(100);
        assertThat(cluster.ranked(2).state().maybes()).hasSize(1);
        assertThat(seen.kinds())
                .contains(
                        BodyCase.CLAIM, BodyCase.CLAIM_ANSWER, BodyCase.RENEW, BodyCase.RENEW_ANSWER, BodyCase.RELEASE);
    }

    @Test
    void fieldsThatALaterVersionAddsDoNoHarm() {
        claim(OtherVersions::later);
    }

    @Test
    void fieldsThatAnEarlierVersionLacksAreDoneWithout() {
        claim(OtherVersions::earlier);
    }

    @Test
    void aPhaseOfALaterVersionIsTakenForAFirstQuestion() {
        cluster.network.cut(
                cluster.ranked(1).context.node(), cluster.ranked(0).context.node());
        ClaimNode.Flush flush = cluster.ranked(1).tell("A", Duration.ofSeconds(9));
        cluster.advance(400);
        flush.giveUp(Grant.Release.UNKNOWN);
        cluster.advance(100);
        cluster.network.rewrite(message -> message.hasClaim() ? inPhase(message, 9) : message);
        cluster.ranked(0).tell("A", Duration.ofMillis(50));
        cluster.advance(1000);
        assertThat(cluster.ranked(0).story).first().asString().isEqualTo("denied: c knows more");
    }

    private static Envelope inPhase(Envelope message, int phase) {
        Claim claim = message.getClaim().toBuilder().setPhaseValue(phase).build();
        return message.toBuilder().setClaim(claim).build();
    }

    @Test
    void anEndOfALaterVersionLeavesADoubt() {
        ClaimNode.Flush flush = cluster.ranked(0).tell("A", Duration.ofSeconds(9));
        cluster.advance(100);
        cluster.network.rewrite(message -> message.hasRelease() ? ended(message, 9) : message);
        flush.giveUp(Grant.Release.NOT_SENT);
        cluster.advance(100);
        assertThat(cluster.ranked(1).claims.isPromised(Entries.KEY)).isFalse();
        assertThat(cluster.ranked(1).state().maybes()).hasSize(1);
    }

    private static Envelope ended(Envelope message, int outcome) {
        Release release =
                message.getRelease().toBuilder().setOutcomeValue(outcome).build();
        return message.toBuilder().setRelease(release).build();
    }

    @Test
    void whatCannotBeReadIsCounted() {
        ClaimNode node = cluster.node("a");
        Aged rubbish = Aged.newBuilder()
                .setContent(ByteString.copyFrom(new byte[] {-1, 1, 2}))
                .build();
        List<Envelope> messages = List.of(
                Envelope.newBuilder()
                        .setClaim(Claim.newBuilder().setContent(rubbish))
                        .build(),
                Envelope.newBuilder()
                        .setRelease(Release.newBuilder().setContent(rubbish))
                        .build());
        for (Envelope message : messages) {
            assertThat(node.claims.take("b", message)).isTrue();
        }
        assertThat(new MetricValues(node.context.metrics()).value("tocsin_cluster_unusable_messages_total"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damagedMessagesEndNothing(long seed) {
        Random random = new Random(seed);
        cluster.network.rewrite(message -> (message.hasClaim()
                                || message.hasClaimAnswer()
                                || message.hasRenew()
                                || message.hasRenewAnswer()
                                || message.hasRelease())
                        && random.nextInt(3) == 0
                ? OtherVersions.damaged(message, random)
                : message);
        for (int i = 0; i < 20; i++) {
            cluster.any(random).tell("A" + i, Duration.ofSeconds(1));
            cluster.advance(2000);
        }
        cluster.network.rewrite(UnaryOperator.identity());
        cluster.advance(60_000);
        int before = cluster.sink.size();
        cluster.ranked(0).tell("Z", Duration.ofMillis(50));
        cluster.advance(60_000);
        assertThat(cluster.sink).hasSizeGreaterThan(before);
    }
}
