package dev.tocsin.cluster.protocol.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Envelope.BodyCase;
import dev.tocsin.cluster.proto.NudgeAnswer;
import dev.tocsin.cluster.protocol.OtherVersions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns among nodes of other versions. */
class OtherVersionsTurnTest {
    private final TurnCluster turns = new TurnCluster();
    private final OtherVersions.Seen seen = new OtherVersions.Seen();

    private void flush(UnaryOperator<Envelope> version) {
        turns.network.rewrite(message -> version.apply(seen.note(message)));
        turns.cluster(TurnCluster.routes());
        List<TurnNode> ranked = turns.ranked();
        ranked.getFirst().latency = Duration.ofSeconds(3);
        turns.fire("1");
        turns.at(8);
        assertThat(ranked.getFirst().flushes).hasSize(1);
        for (TurnNode standby : ranked.subList(1, 3)) {
            assertThat(standby.flushes).isEmpty();
            assertThat(standby.group(TurnCluster.ID).isDue()).isFalse();
        }
        assertThat(seen.kinds()).contains(BodyCase.TICKS_DONE, BodyCase.NUDGE, BodyCase.NUDGE_ANSWER);
    }

    @Test
    void fieldsThatALaterVersionAddsDoNoHarm() {
        flush(OtherVersions::later);
    }

    @Test
    void fieldsThatAnEarlierVersionLacksAreDoneWithout() {
        flush(OtherVersions::earlier);
    }

    @Test
    void anAnswerOfALaterVersionCountsAsNone() {
        turns.network.rewrite(message -> message.hasNudgeAnswer() ? unknown(message) : message);
        turns.cluster(TurnCluster.routes());
        List<TurnNode> ranked = turns.ranked();
        ranked.getFirst().latency = Duration.ofSeconds(20);
        turns.fire("1");
        turns.at(9.3);
        assertThat(ranked.get(1).flushes).hasSize(1);
    }

    private static Envelope unknown(Envelope message) {
        NudgeAnswer answer = message.getNudgeAnswer().toBuilder().clearAnswer().build();
        return message.toBuilder().setNudgeAnswer(answer).build();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damagedMessagesEndNothing(long seed) {
        Random random = new Random(seed);
        turns.network.rewrite(message ->
                (message.hasTicksDone() || message.hasNudge() || message.hasNudgeAnswer()) && random.nextInt(2) == 0
                        ? OtherVersions.damaged(message, random)
                        : message);
        turns.cluster(TurnCluster.routes());
        turns.fire("1");
        turns.at(600);
        assertThat(turns.nodes).anyMatch(node -> !node.flushes.isEmpty());
    }
}
