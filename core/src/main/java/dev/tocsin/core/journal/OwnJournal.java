package dev.tocsin.core.journal;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The journal of a node whose cluster is itself. */
public final class OwnJournal implements ClusterJournal {
    private final JournalReader journal;
    private final Scheduler loop;
    private final Workers workers;

    /** Asks {@code journal} on {@code workers}. */
    public OwnJournal(JournalReader journal, Scheduler loop, Workers workers) {
        this.journal = journal;
        this.loop = loop;
        this.workers = workers;
    }

    @Override
    public CompletionStage<JournalPage> query(
            JournalFilter filter, JournalCursor before, int limit, Duration patience) {
        JournalReader.checkLimit(limit);
        return submit(() -> journal.query(filter, before, limit));
    }

    @Override
    public CompletionStage<JournalPage> read(JournalFilter filter, JournalCursor from, int limit, Duration patience) {
        JournalReader.checkLimit(limit);
        return submit(() -> journal.read(filter, from, limit));
    }

    private CompletionStage<JournalPage> submit(Callable<JournalPage> question) {
        CompletableFuture<JournalPage> answer = new CompletableFuture<>();
        workers.submit(question, (page, failure) -> {
            if (page != null) {
                answer.complete(page);
            } else {
                answer.completeExceptionally(failure == null ? new IllegalStateException("no answer") : failure);
            }
        });
        return answer;
    }

    @Override
    public Cancellable listen(Runnable grown) {
        return journal.listen(() -> loop.execute(grown));
    }
}
