package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.cluster.proto.Claim;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Release;
import dev.tocsin.cluster.proto.Renew;
import dev.tocsin.cluster.proto.RenewAnswer;
import dev.tocsin.cluster.protocol.PromisedGroups;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this node has promised to other nodes (PROTOCOL section 6). A promise ends with the entry that tells what came of
 * it, with its release, or with its time or its holder's death, and then leaves a maybe. Used on the hub loop only.
 */
final class Promises {
    private final Shared shared;
    private final Claimant claimant;
    private final Map<ClaimId, LogKey> promised = new HashMap<>();
    private final Map<Addressee, Integer> promisedGroups = new HashMap<>();
    private final List<PromisedGroups.Listener> listeners = new ArrayList<>();
    private final Map<String, OpenClaims> listed = new HashMap<>();

    /** Of a key, what the nodes take turns by. */
    private record Addressee(String groupKey, String receiver) {
        static Addressee of(LogKey key) {
            return new Addressee(key.groupKey(), key.receiver());
        }
    }

    Promises(Shared shared, Claimant claimant) {
        this.shared = shared;
        this.claimant = claimant;
    }

    /**
     * Answers another node's claim.
     *
     * @throws IOException if it cannot be read
     */
    void claimed(String peer, Claim claim) throws IOException {
        ClaimContent content = shared.messages.content(claim.getContent());
        KeyClaims claims = shared.touch(content.key());
        expire(claims);
        Granter.Decision decision = Granter.decide(asked(peer, claims, content, claim), situation(claims, content));
        Promise known = claims.promise;
        switch (decision) {
            case Granter.Decision.Grant grant -> {
                Attempt own = claims.attempt;
                promise(claims, content, peer, claim.getRound(), claim.getPhase() == Claim.Phase.HOLDING);
                if (own != null && grant.withdrawsOwn()) {
                    claimant.withdraw(own);
                }
            }
            case Granter.Decision.Abstain abstain -> {
                // no vote, but whoever has the promise keeps it, and what runs already must not be forgotten if its
                // holder dies
                boolean runs = known == null
                        && claims.attempt == null
                        && claim.getPhase() == Claim.Phase.RENEWING
                        && !claims.hasReleased(content.id());
                if (runs || (known != null && known.content().id().equals(content.id()))) {
                    promise(claims, content, peer, claim.getRound(), claim.getPhase() == Claim.Phase.HOLDING);
                }
            }
            case Granter.Decision.News news -> {}
            case Granter.Decision.Taken taken -> {}
        }
        shared.metrics.answered(decision);
        shared.courier.send(peer, shared.messages.answer(content.id(), claim.getRound(), decision, left(known)));
    }

    private Granter.Asked asked(String peer, KeyClaims claims, ClaimContent content, Claim claim) {
        boolean ranksMatter = claims.attempt != null || !shared.context.has(Rule.EXCLUSIVE_PROMISE);
        return new Granter.Asked(
                content,
                claim.getMaybesList().stream().map(ClaimMessages::read).toList(),
                switch (claim.getPhase()) {
                    case ASKING, UNRECOGNIZED -> Granter.Phase.ASKING; // of a later version: grant the least
                    case HOLDING -> Granter.Phase.HOLDING;
                    case RENEWING -> Granter.Phase.SENDING;
                },
                ranksMatter && isBetterRanked(peer, content));
    }

    private boolean isBetterRanked(String peer, ClaimContent content) {
        List<String> ranking = shared.members.ranking(content.key().groupKey());
        int theirs = ranking.indexOf(peer);
        int ours = ranking.indexOf(shared.members.self());
        return theirs >= 0 && theirs < ours;
    }

    private Granter.Situation situation(KeyClaims claims, ClaimContent content) {
        Attempt own = claims.attempt;
        Granter.Phase phase =
                own == null ? null : own.state == Attempt.State.SENDING ? Granter.Phase.SENDING : Granter.Phase.ASKING;
        return new Granter.Situation(
                shared.log(claims.key),
                claims.promise == null ? null : claims.promise.content().id(),
                phase,
                own == null ? null : own.id(),
                claims.hasReleased(content.id()),
                abstains(),
                shared.context.has(Rule.EXCLUSIVE_PROMISE));
    }

    private @Nullable String abstains() {
        if (!shared.members.warm()) {
            return "this node does not know yet what the others know";
        }
        return shared.hasJustStarted() ? "this node has just started" : null;
    }

    private Duration left(@Nullable Promise promise) {
        return promise == null
                ? Duration.ZERO
                : Duration.ofNanos(
                        promise.expiresNanos() - shared.context.clock().nanoTime());
    }

    private void promise(KeyClaims claims, ClaimContent content, String holder, int round, boolean held) {
        Promise before = claims.promise;
        boolean late = before != null && before.content().id().equals(content.id()) && before.round() > round;
        if (claims.promise == null) {
            promisedGroups.merge(Addressee.of(claims.key), 1, Integer::sum);
        } else {
            promised.remove(claims.promise.content().id());
        }
        long until = shared.context.clock().nanoTime()
                + shared.context.timings().granterLease().toNanos();
        claims.promise = before != null && late
                ? new Promise(content, holder, until, before.round(), before.held())
                : new Promise(content, holder, until, round, held);
        promised.put(content.id(), claims.key);
        shared.metrics.promises(promised.size());
        watch(claims);
    }

    private void watch(KeyClaims claims) {
        claims.promiseTimer.cancel();
        claims.promiseTimer = shared.context.loop().schedule(left(claims.promise), () -> expire(claims));
    }

    private void drop(KeyClaims claims) {
        if (claims.promise != null) {
            promised.remove(claims.promise.content().id());
            promisedGroups.computeIfPresent(Addressee.of(claims.key), (group, count) -> count == 1 ? null : count - 1);
            shared.metrics.promises(promised.size());
            claims.promise = null;
            claims.promiseTimer.cancel();
        }
    }

    /**
     * Ends the promise if its time is over or its holder is gone. Nobody knows then what came of the claim, unless it was
     * held.
     */
    private void expire(KeyClaims claims) {
        Promise promise = claims.promise;
        if (promise == null) {
            return;
        }
        ClaimId id = promise.content().id();
        boolean over = promise.expiresNanos() - shared.context.clock().nanoTime() <= 0;
        if (!over && !shared.members.gone(id.node(), id.incarnation())) {
            return;
        }
        drop(claims);
        if (!promise.held()) {
            maybe(promise.content());
        }
        freed(claims.key);
        claimant.free(
                claims, over ? "the promise to " + promise.holder() + " has expired" : promise.holder() + " is gone");
    }

    private void freed(LogKey key) {
        listeners.forEach(listener -> listener.freed(key));
    }

    void listen(PromisedGroups.Listener listener) {
        listeners.add(listener);
    }

    /** Whether a key of this group and receiver is promised. */
    boolean isPromised(String groupKey, String receiver) {
        return promisedGroups.containsKey(new Addressee(groupKey, receiver));
    }

    private void maybe(ClaimContent content) {
        if (shared.context.has(Rule.MAYBE)) {
            shared.log.merge(List.of(), List.of(content));
        }
    }

    /**
     * A peer's claim has ended.
     *
     * @throws IOException if it cannot be read
     */
    void released(Release release) throws IOException {
        ClaimContent content = shared.messages.content(release.getContent());
        KeyClaims claims = shared.touch(content.key());
        claims.release(content.id());
        Promise promise = claims.promise;
        if (promise != null && promise.content().id().equals(content.id())) {
            drop(claims);
            if (release.getOutcome() != Release.Outcome.RECORDED) {
                freed(claims.key);
            }
        }
        switch (release.getOutcome()) {
            case UNKNOWN, UNRECOGNIZED -> maybe(content); // one of a later version may mean that it was sent
            case REFUSED -> shared.log.refused(content);
            case NOT_SENT, RECORDED -> {}
        }
        claimant.free(claims, "another node's claim has ended");
    }

    /** Renews what is promised to a peer, and tells it what is not. */
    void renewed(String peer, Renew renew) {
        RenewAnswer.Builder answer = RenewAnswer.newBuilder().setRound(renew.getRound());
        OpenClaims open = open(peer, renew);
        if (open == null) {
            answer.setListWanted(true);
        } else {
            answer.setAbstained(abstains() != null);
            for (ClaimId id : open.ids()) {
                if (!renew(id, peer)) {
                    answer.addRefused(ClaimMessages.write(id));
                }
            }
        }
        shared.courier.send(peer, Envelope.newBuilder().setRenewAnswer(answer));
    }

    private @Nullable OpenClaims open(String peer, Renew renew) {
        if (renew.getOpenListed()) {
            List<ClaimId> ids = new ArrayList<>(renew.getOpenCount());
            renew.getOpenList().forEach(id -> ids.add(ClaimMessages.read(id)));
            OpenClaims open = new OpenClaims(renew.getIncarnation(), renew.getDigest(), List.copyOf(ids));
            listed.put(peer, open);
            return open;
        }
        OpenClaims known = listed.get(peer);
        return known != null && known.incarnation() == renew.getIncarnation() && known.digest() == renew.getDigest()
                ? known
                : null;
    }

    private boolean renew(ClaimId id, String peer) {
        LogKey key = promised.get(id);
        KeyClaims claims = key == null ? null : shared.find(key);
        if (claims == null || claims.promise == null) {
            return false;
        }
        expire(claims);
        Promise promise = claims.promise;
        if (promise == null || !promise.content().id().equals(id)) {
            return false;
        }
        promise(claims, promise.content(), peer, Renewals.FIRST_ROUND, false);
        return true;
    }

    /** The log has learnt of an outcome: what its author knew of is over. */
    void learnt(LogEntry entry) {
        KeyClaims claims = shared.find(entry.key());
        if (claims == null) {
            return;
        }
        claims.tried.clear();
        Promise promise = claims.promise;
        if (promise != null && isCovered(promise, shared.log(entry.key()))) {
            drop(claims);
            claimant.free(claims, "another node has notified");
        }
    }

    private static boolean isCovered(Promise promise, KeyState log) {
        for (LogEntry head : log.heads()) {
            if (promise.content().version().atMost(head.version())) {
                return true;
            }
        }
        return false;
    }

    /** The members have changed: some holders may be gone. */
    void membersChanged() {
        for (LogKey key : List.copyOf(promised.values())) {
            KeyClaims claims = shared.find(key);
            if (claims != null) {
                expire(claims);
            }
        }
        listed.keySet().retainAll(shared.members.live());
    }
}
