package dev.tocsin.core.ask;

import dev.tocsin.core.runtime.Scheduler;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The questions of a node whose cluster is itself. */
public final class LoneAsks implements Asks {
    private final String self;
    private final Scheduler loop;
    private final Map<String, Answerer> answerers = new ConcurrentHashMap<>();

    /** @param self this node's name */
    public LoneAsks(String self, Scheduler loop) {
        this.self = self;
        this.loop = loop;
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public SortedSet<String> members() {
        SortedSet<String> all = new TreeSet<>();
        all.add(self);
        return all;
    }

    @Override
    public CompletionStage<Answer> ask(String member, String question, byte[] content, Duration patience) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        loop.execute(() -> {
            Answerer answerer = answerers.get(question);
            if (!member.equals(self)) {
                answer.complete(new Answer.Silent("is not a member"));
            } else if (answerer == null) {
                answer.complete(new Answer.Silent("does not know the question"));
            } else {
                answerer.answer(self, content)
                        .whenComplete((given, failure) -> loop.execute(() -> answer.complete(
                                failure == null
                                        ? new Answer.Given(given)
                                        : new Answer.Silent(String.valueOf(failure.getMessage())))));
                loop.schedule(patience, () -> answer.complete(new Answer.Silent("did not answer in time")));
            }
        });
        return answer;
    }

    @Override
    public void answer(String question, Answerer answerer) {
        if (answerers.putIfAbsent(question, answerer) != null) {
            throw new IllegalStateException("somebody answers " + question + " already");
        }
    }
}
