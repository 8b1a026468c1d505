package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.cluster.protocol.Moment;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One round of asking the live peers for a grant. Used on the hub loop only.
 *
 * <p>The lease that a quorum gives starts where the round starts, before the first question was sent: no granter can count
 * from earlier.
 */
final class Question {
    private final int round;
    private final Moment start;
    private final boolean held;
    private final Set<String> unanswered;
    private final Set<String> granted = new HashSet<>();
    private @Nullable String denial;

    /**
     * Nobody has answered yet.
     *
     * @param held whether nothing may be sent on the answers to this question, only one more question
     * @param asked the peers that the question goes to
     */
    Question(int round, Moment start, boolean held, Set<String> asked) {
        this.round = round;
        this.start = start;
        this.held = held;
        this.unanswered = new HashSet<>(asked);
    }

    int round() {
        return round;
    }

    Moment start() {
        return start;
    }

    boolean held() {
        return held;
    }

    void granted(String node) {
        granted.add(node);
        unanswered.remove(node);
    }

    void abstained(String node) {
        unanswered.remove(node);
    }

    /** A peer has promised the key to another claim: it takes its own vote away, and no more. */
    void denied(String node, String why) {
        unanswered.remove(node);
        denial = why;
    }

    /** Why a peer denied it; null if none did. */
    @Nullable String denial() {
        return denial;
    }

    /** How many grants there can be at most when all have answered. */
    int hoped() {
        return granted.size() + unanswered.size();
    }

    /** Whether there is nobody left to wait for. */
    boolean answered() {
        return unanswered.isEmpty();
    }

    /** Who has granted, this node included unless it abstains itself. */
    Set<String> grants() {
        return granted;
    }
}
