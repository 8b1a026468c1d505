package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.cluster.proto.Release;
import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Courier;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.cluster.protocol.Moment;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.NotificationLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the claimant and the granter of one node share: the keys, and who they are. Used on the hub loop only. */
final class Shared {
    final ClusterContext context;
    final Members members;
    final Courier courier;
    final NotificationLog log;
    final Tie tie;
    final ClaimMessages messages;
    final ClaimMetrics metrics;
    private final Moment start;
    private final Map<LogKey, KeyClaims> keys = new LinkedHashMap<>();

    Shared(ClusterContext context, Members members, Courier courier, NotificationLog log, Tie tie) {
        this.context = context;
        this.members = members;
        this.courier = courier;
        this.log = log;
        this.tie = tie;
        this.messages = new ClaimMessages(context.clock());
        this.metrics = new ClaimMetrics(context.metrics());
        this.start = Moment.now(context.clock());
    }

    /** The claims for a key, made if there are none. */
    KeyClaims touch(LogKey key) {
        KeyClaims claims = keys.computeIfAbsent(key, KeyClaims::new);
        claims.touchedNanos = context.clock().nanoTime();
        return claims;
    }

    @Nullable KeyClaims find(LogKey key) {
        return keys.get(key);
    }

    /** All keys that are remembered; a copy. */
    List<KeyClaims> all() {
        return new ArrayList<>(keys.values());
    }

    /** Forgets the keys of which nothing was heard for so long that no late message can concern them. */
    void forgetIdle() {
        long now = context.clock().nanoTime();
        long patience = context.timings().known().toNanos();
        keys.values().removeIf(claims -> claims.isIdle() && now - claims.touchedNanos > patience);
    }

    KeyState log(LogKey key) {
        return KeyClaims.log(log, key, context.clock());
    }

    /** The live peers, this node left out. */
    Set<String> peers() {
        Set<String> peers = new HashSet<>(members.live());
        peers.remove(members.self());
        return peers;
    }

    /** The known nodes but for this one: for what costs nobody time if it gets lost. */
    Set<String> others() {
        Set<String> others = new HashSet<>(members.known());
        others.remove(members.self());
        return others;
    }

    /** Whether this node may have forgotten promises that it made before its start. */
    boolean hasJustStarted() {
        return context.has(Rule.COLD)
                && start.monotonic(context.clock()).compareTo(context.timings().abstain()) < 0;
    }

    /** Whether so few nodes answer that a question cannot get a majority. */
    boolean isMinority() {
        return 2 * members.live().size() < counted();
    }

    /** How many nodes there are of which a majority is needed. */
    private int counted() {
        int counted = 0;
        for (String node : members.known()) {
            if (!members.deadNow(node)) {
                counted++;
            }
        }
        return counted;
    }

    /** Whether so many nodes are more than half of those that count. */
    boolean isMajority(int nodes) {
        return 2 * nodes > counted();
    }

    /** Whether what was granted suffices to go on. */
    Quorum count(Question question, Attempt attempt) {
        Set<String> grants = question.grants();
        int granted = context.has(Rule.QUORUM_OF_ANSWERS)
                ? grants.size()
                : members.live().size();
        boolean half = tie == Tie.SEND || holdsBest(grants, attempt);
        boolean overdue =
                attempt.age(context.clock()).compareTo(context.timings().minorityWait()) >= 0;
        return Quorum.of(granted, counted(), half, overdue);
    }

    /**
     * Whether the nodes that have not granted may take themselves for a majority: they may count without those that had said
     * goodbye and have come back on this side of a cut.
     */
    private boolean mayBeAnotherMajority(Set<String> grants) {
        int counted = 0;
        int granted = 0;
        boolean anyReturns = false;
        for (String node : members.known()) {
            Members.Info info = members.info(node);
            if (info != null && info.returning()) {
                anyReturns = true;
            } else if (!members.deadNow(node)) {
                counted++;
                granted += grants.contains(node) ? 1 : 0;
            }
        }
        return anyReturns && 2 * granted < counted;
    }

    /** Why what is sent under this quorum may be a repeat; empty if it is none. */
    String mark(LogKey key, Question question, Quorum quorum) {
        String count = question.grants().size() + " of " + members.known().size() + " nodes";
        return switch (quorum) {
            case STRICT ->
                mayBeAnotherMajority(question.grants())
                        ? "nodes that had left are back, and others may go on without them: " + count
                        : mayHaveMissed(key, question.grants());
            case HALF -> "exactly half of the nodes could be asked: " + count;
            case OVERDUE, MISSING ->
                "no majority could be asked within "
                        + context.timings().minorityWait().toSeconds() + " s: " + count;
        };
    }

    /**
     * Why another node may have told what this one takes for news, although a majority has granted: when this node became
     * warm, not all could be asked; or nodes that do not count any more were cut off from it until they died, and the others
     * are no majority without them. Empty if that is not so, or if somebody has told of the key since.
     */
    private String mayHaveMissed(LogKey key, Set<String> grants) {
        Members.Unasked lost = members.lostFromSight();
        boolean mayHaveTold = 2 * grants.size() <= counted() + lost.nodes().size();
        String missed = missed(key, members.unasked());
        return missed.isEmpty() && mayHaveTold ? missed(key, lost) : missed;
    }

    private String missed(LogKey key, Members.Unasked unasked) {
        if (unasked.nodes().isEmpty()
                || log(key).heads().stream().anyMatch(head -> !head.sentAt().isBefore(unasked.since()))) {
            return "";
        }
        return "what has been told meanwhile could not be asked of " + String.join(", ", unasked.nodes());
    }

    /**
     * Tells a peer that doubts what came of a claim that it was refused, if this node knows that: else that peer would deny
     * each claim with the same doubt, and hand it on.
     */
    void dispel(String peer, LogKey key, List<ClaimContent> doubts) {
        ClaimContent refused = log(key).refused();
        if (refused != null && doubts.stream().anyMatch(doubt -> doubt.id().equals(refused.id()))) {
            courier.deliver(peer, messages.release(refused, Release.Outcome.REFUSED), () -> {});
        }
    }

    private boolean holdsBest(Set<String> grants, Attempt attempt) {
        for (String node : members.ranking(attempt.key().groupKey())) {
            if (!members.deadNow(node)) {
                return grants.contains(node);
            }
        }
        return false;
    }
}
