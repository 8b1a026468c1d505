package dev.tocsin.core.explain;

import dev.tocsin.core.journal.JournalFilter;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where explanations learn what has happened. Any thread may ask. */
@FunctionalInterface
public interface History {
    /**
     * What the journals of all nodes that answer say, newest first.
     *
     * @param limit the most lines of an answer
     * @return completes on any thread, in bounded time
     */
    CompletionStage<Page> ask(JournalFilter filter, int limit);

    /**
     * An answer.
     *
     * @param lines newest first
     * @param silent the names of the nodes that did not answer
     * @param more whether there are older lines
     */
    record Page(List<HistoryLine> lines, List<String> silent, boolean more) {
        /** Copies the lists. */
        public Page {
            lines = List.copyOf(lines);
            silent = List.copyOf(silent);
        }
    }
}
