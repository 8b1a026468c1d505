package dev.tocsin.core.explain;

import dev.tocsin.core.journal.ClusterJournal;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalFilter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What the journals of all nodes tell.
 *
 * @param patience how long a node may take to answer
 */
public record JournalHistory(ClusterJournal journal, Duration patience) implements History {
    @Override
    public CompletionStage<Page> ask(JournalFilter filter, int limit) {
        return journal.query(filter, JournalCursor.NONE, limit, patience)
                .thenApply(page -> new Page(
                        page.entries().stream()
                                .map(entry -> new HistoryLine(entry.at(), entry.node(), entry.event()))
                                .toList(),
                        List.copyOf(page.silent().keySet()),
                        page.more()));
    }
}
