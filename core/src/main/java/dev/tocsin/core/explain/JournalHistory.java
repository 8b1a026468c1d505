package dev.tocsin.core.explain;

import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.runtime.Workers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What this node's own journal tells, asked on a worker.
 *
 * @param node this node's name; empty if it has none
 */
public record JournalHistory(Journal journal, Workers workers, String node) implements History {
    @Override
    public CompletionStage<Page> ask(JournalFilter filter) {
        CompletableFuture<Page> answer = new CompletableFuture<>();
        workers.submit(() -> journal.query(filter), (entries, failed) -> {
            if (entries == null) {
                answer.completeExceptionally(failed);
            } else {
                List<HistoryLine> lines = entries.stream()
                        .map(entry -> new HistoryLine(entry.at(), node, entry.event()))
                        .toList();
                answer.complete(new Page(lines, List.of()));
            }
        });
        return answer;
    }
}
