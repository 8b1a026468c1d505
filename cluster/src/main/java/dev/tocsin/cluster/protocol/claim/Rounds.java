package dev.tocsin.cluster.protocol.claim;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The latest questions of a claim. An answer that comes after the next question was asked still counts for its own: a busy
 * node answers late, and if only the newest question counted, it would never be heard. Used on the hub loop only.
 */
final class Rounds {
    private static final int KEPT = 4;

    private final Deque<Question> latest = new ArrayDeque<>(KEPT);

    /** After a question of the other kind earlier ones do not count: peers hold the claim for what it said last. */
    void add(Question question) {
        Question before = latest.peekLast();
        if (before != null && before.held() != question.held()) {
            latest.clear();
        }
        if (latest.size() == KEPT) {
            latest.removeFirst();
        }
        latest.addLast(question);
    }

    /** The question of this round; null if it was never asked or is too long ago. */
    @Nullable Question find(int round) {
        for (Question question : latest) {
            if (question.round() == round) {
                return question;
            }
        }
        return null;
    }

    /** The newest one; null before the first. */
    @Nullable Question last() {
        return latest.peekLast();
    }
}
