package dev.tocsin.cluster.protocol.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.cluster.proto.AskAnswer;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.protocol.MemberNode;
import dev.tocsin.cluster.protocol.MemoryNetwork;
import dev.tocsin.core.ask.Answer;
import dev.tocsin.core.ask.Asks;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterAsksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final VirtualTime time = new VirtualTime();
    private final MemoryNetwork network = new MemoryNetwork(time, new Random(1));
    private final MemberNode a = new MemberNode(time, network, "a", 1, 1, new MemoryStorage(time), Set.of());
    private final MemberNode b = new MemberNode(time, network, "b", 2, 5, new MemoryStorage(time), Set.of());
    private final ClusterAsks asksA = new ClusterAsks(a.context, a.members);
    private final ClusterAsks asksB = new ClusterAsks(b.context, b.members);

    @BeforeEach
    void start() {
        a.add(asksA);
        b.add(asksB);
        a.start();
        b.start();
        time.advance(Duration.ofSeconds(1));
        Asks.Answerer echo = (member, content) ->
                CompletableFuture.completedFuture((member + " said " + new String(content, UTF_8)).getBytes(UTF_8));
        asksA.answer("echo", echo);
        asksB.answer("echo", echo);
        asksB.answer("never", (member, content) -> new CompletableFuture<>());
        asksB.answer(
                "broken", (member, content) -> CompletableFuture.failedFuture(new IllegalStateException("the disk")));
        asksB.answer("huge", (member, content) -> CompletableFuture.completedFuture(new byte[Asks.MAX_BYTES + 1]));
    }

    private CompletableFuture<Answer> ask(String member, String question) {
        return asksA.ask(member, question, "hello".getBytes(UTF_8), PATIENCE).toCompletableFuture();
    }

    private String answer(String member, String question) {
        CompletableFuture<Answer> asked = ask(member, question);
        time.advance(PATIENCE);
        return switch (asked.join()) {
            case Answer.Given(byte[] content) -> new String(content, UTF_8);
            case Answer.Silent(String why) -> "silent: " + why;
        };
    }

    @Test
    void aMemberAnswersAnotherAndItself() {
        assertThat(answer("b", "echo")).isEqualTo("a said hello");
        assertThat(answer("a", "echo")).isEqualTo("a said hello");
        assertThat(asksA.members()).containsExactly("a", "b");
    }

    @Test
    void whoCannotAnswerSaysWhy() {
        assertThat(answer("b", "unheard")).isEqualTo("silent: does not know the question unheard");
        assertThat(answer("b", "broken")).isEqualTo("silent: cannot answer: the disk");
        assertThat(answer("b", "huge")).isEqualTo("silent: cannot answer: the answer is too large");
        assertThat(answer("b", "never")).isEqualTo("silent: did not answer in time");
        assertThat(answer("c", "echo")).isEqualTo("silent: does not answer");
    }

    @Test
    void aQuestionThatIsTooLargeIsNotSent() {
        assertThat(asksA.ask("b", "echo", new byte[Asks.MAX_BYTES + 1], PATIENCE)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Answer.Silent("the question is too large"));
    }

    @Test
    void nobodyWaitsForAMemberThatDies() {
        CompletableFuture<Answer> asked =
                asksA.ask("b", "never", new byte[0], Duration.ofHours(1)).toCompletableFuture();
        time.advance(Duration.ofSeconds(1));
        b.kill(network);
        time.advance(Duration.ofSeconds(10));
        assertThat(asked.join()).isEqualTo(new Answer.Silent("stopped answering"));
    }

    @Test
    void anAnswerToAnotherMembersQuestionIsNotBelieved() {
        CompletableFuture<Answer> asked = ask("b", "never");
        time.advance(Duration.ofMillis(1));
        asksA.take(
                "c",
                Envelope.newBuilder()
                        .setAskAnswer(AskAnswer.newBuilder().setNumber(1))
                        .build());
        assertThat(asked).isNotDone();
        time.advance(PATIENCE);
        assertThat(asked.join()).isEqualTo(new Answer.Silent("did not answer in time"));
    }

    @Test
    void questionsInWorkAreBounded() {
        CompletableFuture<Answer> last = ask("b", "never");
        for (int i = 0; i < ClusterAsks.MOST_ANSWERED; i++) {
            last = ask("b", "never");
        }
        time.advance(Duration.ofMillis(100));
        assertThat(last.join()).isEqualTo(new Answer.Silent("has too many questions to answer"));
    }

    @Test
    void aQuestionIsAnsweredByOneOnly() {
        assertThatThrownBy(() -> asksA.answer("echo", (member, content) -> new CompletableFuture<>()))
                .isInstanceOf(IllegalStateException.class);
    }
}
