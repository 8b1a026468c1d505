package dev.tocsin.core.ask;

import java.time.Duration;
import java.util.SortedSet;
import java.util.concurrent.CompletionStage;

/**
 * Asks other nodes what only they know. Nothing that decides about notifications depends on it: a question or its answer
 * may be lost. Safe for all threads; answers come on the hub loop.
 */
public interface Asks {
    /** The most bytes of a question or an answer. */
    int MAX_BYTES = 1 << 20;

    /** This node's name. */
    String self();

    /** The names of all nodes that belong to the cluster, live or not, this one included. */
    SortedSet<String> members();

    /**
     * Asks one node, which may be this one.
     *
     * @param member the node's name
     * @param question its name, such as {@code journal.query}; what it means is up to who answers
     * @param content what is asked, at most {@link #MAX_BYTES}
     * @param patience how long to wait
     * @return never fails; a node that is not there, does not know the question, or cannot answer it is silent
     */
    CompletionStage<Answer> ask(String member, String question, byte[] content, Duration patience);

    /**
     * Answers the questions of this name from now on.
     *
     * @param answerer is called on the hub loop
     * @throws IllegalStateException if somebody answers them already
     */
    void answer(String question, Answerer answerer);

    /** Answers questions of one name. */
    @FunctionalInterface
    interface Answerer {
        /**
         * Answers one question; on the hub loop, so that what blocks belongs on a worker.
         *
         * @param member who asks
         * @return the answer, at most {@link #MAX_BYTES}; the message of a failure is told to who asks
         */
        CompletionStage<byte[]> answer(String member, byte[] content);
    }
}
