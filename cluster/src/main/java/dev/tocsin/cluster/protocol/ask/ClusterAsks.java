package dev.tocsin.cluster.protocol.ask;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.tocsin.cluster.proto.Ask;
import dev.tocsin.cluster.proto.AskAnswer;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.cluster.protocol.Part;
import dev.tocsin.core.ask.Answer;
import dev.tocsin.core.ask.Asks;
import dev.tocsin.core.runtime.Cancellable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Questions to other members. A question is sent once; who dies or is cut off before it has answered is silent at once, who
 * does not answer in time then. Bounded in questions of this node under way and of other nodes in work. State is changed on
 * the hub loop only.
 */
public final class ClusterAsks implements Asks, Part {
    /** More questions of this node are not under way at a time. */
    static final int MOST_ASKED = 4096;

    /** More questions of other nodes are not in work at a time. */
    static final int MOST_ANSWERED = 256;

    private final ClusterContext context;
    private final Members members;
    private final Map<String, Answerer> answerers = new ConcurrentHashMap<>();
    private final Map<Long, Open> asked = new HashMap<>();
    private long nextNumber = 1;
    private int answering;

    /** @param members who belongs to the cluster, and who of them answers */
    public ClusterAsks(ClusterContext context, Members members) {
        this.context = context;
        this.members = members;
        members.listen(new Members.Listener() {
            @Override
            public void changed() {
                giveUpOnDead();
            }
        });
    }

    private record Open(String member, CompletableFuture<Answer> answer, Cancellable timer) {}

    @Override
    public String self() {
        return context.node();
    }

    @Override
    public SortedSet<String> members() {
        return new TreeSet<>(members.known());
    }

    @Override
    public void answer(String question, Answerer answerer) {
        if (answerers.putIfAbsent(question, answerer) != null) {
            throw new IllegalStateException("somebody answers " + question + " already");
        }
    }

    @Override
    public CompletionStage<Answer> ask(String member, String question, byte[] content, Duration patience) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        if (content.length > MAX_BYTES) {
            answer.complete(new Answer.Silent("the question is too large"));
        } else {
            context.loop().execute(() -> send(member, question, content, patience, answer));
        }
        return answer;
    }

    private void send(
            String member, String question, byte[] content, Duration patience, CompletableFuture<Answer> answer) {
        if (!members.live().contains(member)) {
            answer.complete(new Answer.Silent("does not answer"));
        } else if (asked.size() >= MOST_ASKED) {
            answer.complete(new Answer.Silent("too many questions are under way"));
        } else {
            long number = nextNumber++;
            Cancellable timer =
                    context.loop().schedule(patience, () -> end(number, new Answer.Silent("did not answer in time")));
            asked.put(number, new Open(member, answer, timer));
            if (member.equals(self())) {
                work(
                        member,
                        question,
                        content,
                        (given, error) ->
                                end(number, error.isEmpty() ? new Answer.Given(given) : new Answer.Silent(error)));
                return;
            }
            Envelope message = Envelope.newBuilder()
                    .setAsk(Ask.newBuilder()
                            .setNumber(number)
                            .setQuestion(question)
                            .setContent(UnsafeByteOperations.unsafeWrap(content)))
                    .build();
            if (!context.transport().send(member, message)) {
                end(number, new Answer.Silent("cannot be reached"));
            }
        }
    }

    private void end(long number, Answer answer) {
        Open open = asked.remove(number);
        if (open != null) {
            open.timer.cancel();
            open.answer.complete(answer);
        }
    }

    private void giveUpOnDead() {
        for (Map.Entry<Long, Open> open : List.copyOf(asked.entrySet())) {
            if (!members.live().contains(open.getValue().member)) {
                end(open.getKey(), new Answer.Silent("stopped answering"));
            }
        }
    }

    @Override
    public boolean take(String peer, Envelope message) {
        if (message.hasAsk()) {
            Ask ask = message.getAsk();
            work(
                    peer,
                    ask.getQuestion(),
                    ask.getContent().toByteArray(),
                    (given, error) -> reply(peer, ask.getNumber(), given, error));
            return true;
        }
        if (message.hasAskAnswer()) {
            AskAnswer answer = message.getAskAnswer();
            Open open = asked.get(answer.getNumber());
            if (open != null && open.member.equals(peer)) {
                end(
                        answer.getNumber(),
                        answer.getError().isEmpty()
                                ? new Answer.Given(answer.getContent().toByteArray())
                                : new Answer.Silent(answer.getError()));
            }
            return true;
        }
        return false;
    }

    /** Hears an answer, or why there is none; on the hub loop. */
    private interface Heard {
        void heard(byte[] given, String error);
    }

    private void work(String member, String question, byte[] content, Heard heard) {
        Answerer answerer = answerers.get(question);
        if (answerer == null) {
            heard.heard(NOTHING, "does not know the question " + question);
        } else if (answering >= MOST_ANSWERED) {
            heard.heard(NOTHING, "has too many questions to answer");
        } else {
            answering++;
            answerer.answer(member, content)
                    .whenComplete((given, failure) -> context.loop().execute(() -> {
                        answering--;
                        heard.heard(given == null ? NOTHING : given, error(given, failure));
                    }));
        }
    }

    private static final byte[] NOTHING = {};

    private static String error(byte @Nullable [] given, @Nullable Throwable failure) {
        if (given == null) {
            return "cannot answer: " + (failure == null ? "it has nothing to say" : failure.getMessage());
        }
        return given.length > MAX_BYTES ? "cannot answer: the answer is too large" : "";
    }

    private void reply(String peer, long number, byte[] given, String error) {
        AskAnswer.Builder answer = AskAnswer.newBuilder().setNumber(number).setError(error);
        if (error.isEmpty()) {
            answer.setContent(given.length == 0 ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap(given));
        }
        context.transport()
                .send(peer, Envelope.newBuilder().setAskAnswer(answer).build());
    }
}
