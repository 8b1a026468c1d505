package dev.tocsin.core.journal.peer;

import dev.tocsin.core.ask.Asks;
import dev.tocsin.core.journal.JournalReader;
import dev.tocsin.core.journal.proto.JournalGrowthAnswer;
import dev.tocsin.core.journal.proto.JournalGrowthAsk;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Answers who wants to know when this node's journal has grown. One question waits for each member at most: a newer one
 * ends it. Used on the hub loop only.
 */
final class GrowthAnswers implements Asks.Answerer {
    /** The question. */
    static final String GROWTH = "journal.growth";

    private final JournalReader own;
    private final Scheduler loop;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private final AtomicBoolean woken = new AtomicBoolean();

    GrowthAnswers(JournalReader own, Scheduler loop) {
        this.own = own;
        this.loop = loop;
        own.listen(() -> {
            if (woken.compareAndSet(false, true)) {
                loop.execute(this::grown);
            }
        });
    }

    private record Waiting(long next, CompletableFuture<byte[]> answer, Cancellable timer) {}

    @Override
    public CompletionStage<byte[]> answer(String member, byte[] content) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        try {
            JournalGrowthAsk ask = JournalGrowthAsk.parseFrom(content);
            if (own.next() > ask.getNext()) {
                answer.complete(answer());
            } else {
                Duration wait = Duration.ofMillis(Math.clamp(ask.getWaitMs(), 0, 60_000));
                Cancellable timer = loop.schedule(wait, () -> answer.complete(answer()));
                end(waiting.put(member, new Waiting(ask.getNext(), answer, timer)));
            }
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private byte[] answer() {
        return JournalGrowthAnswer.newBuilder().setNext(own.next()).build().toByteArray();
    }

    private void grown() {
        woken.set(false);
        long next = own.next();
        for (Map.Entry<String, Waiting> one : List.copyOf(waiting.entrySet())) {
            if (next > one.getValue().next) {
                waiting.remove(one.getKey());
                end(one.getValue());
            }
        }
    }

    private void end(@Nullable Waiting one) {
        if (one != null) {
            one.timer.cancel();
            one.answer.complete(answer());
        }
    }
}
