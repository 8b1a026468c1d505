package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.cluster.proto.ClaimAnswer.Deny;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Release;
import dev.tocsin.cluster.protocol.Moment;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.cluster.protocol.Timings;
import dev.tocsin.core.claim.ClaimRequest;
import dev.tocsin.core.claim.Grant;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * This node's own claims (PROTOCOL section 5): wait for what is under way, ask, hold without a quorum, send under a lease,
 * release. Used on the hub loop only.
 */
final class Claimant {
    /** How long a claim that made room for a better-ranked node waits before it is made again. */
    private static final Duration YIELD = Duration.ofMillis(300);

    private final Shared shared;
    private final Clock clock;
    private final Timings timings;
    private final Renewals renewals;
    private final Leases leases;
    private final BackOff backOff;
    private final Map<ClaimId, Attempt> open = new HashMap<>();

    Claimant(Shared shared) {
        this.shared = shared;
        this.clock = shared.context.clock();
        this.timings = shared.context.timings();
        this.renewals = new Renewals(shared);
        this.leases = new Leases(shared);
        this.backOff = new BackOff(shared.members, timings);
    }

    Renewals renewals() {
        return renewals;
    }

    Cancellable claim(ClaimRequest request, Consumer<dev.tocsin.core.claim.ClaimAnswer> answer) {
        Attempt attempt = new Attempt(request, shared.log(request.content().key()), answer, clock);
        KeyClaims claims = shared.touch(attempt.key());
        if (!waits(claims, attempt)) {
            ask(attempt);
        }
        return () -> giveUp(attempt);
    }

    /** Whether something else has to end first; then the attempt is put in line. */
    private boolean waits(KeyClaims claims, Attempt attempt) {
        if (shared.members.draining()) {
            attempt.hold("this node is about to leave", false);
        } else if (!shared.members.warm()) {
            attempt.hold("this node does not know yet what the others know", true);
        } else if (claims.attempt != null) {
            attempt.hold("an earlier notification is still being sent", false);
        } else if (claims.promise != null && shared.context.has(Rule.EXCLUSIVE_PROMISE)) {
            attempt.hold("it is promised to " + claims.promise.holder(), false);
        } else {
            return false;
        }
        claims.waiting.add(attempt);
        return true;
    }

    private void ask(Attempt attempt) {
        if (attempt.hasNews(shared.log(attempt.key()))) {
            if (attempt.questions.last() == null) {
                attempt.deny("the log knows more now");
            } else {
                refused(attempt, "the log knows more now");
            }
            return;
        }
        KeyClaims claims = shared.touch(attempt.key());
        claims.attempt = attempt;
        open.put(attempt.id(), attempt);
        attempt.state = Attempt.State.ASKING;
        attempt.timer.cancel();
        attempt.held |= attempt.questions.last() == null && shared.isMinority();
        Question question = new Question(attempt.nextRound(), Moment.now(clock), attempt.held, shared.peers());
        attempt.questions.add(question);
        if (!shared.hasJustStarted() || shared.members.known().size() == 1) {
            question.granted(shared.members.self());
        }
        Envelope.Builder claim = shared.messages.claim(
                attempt.content(),
                attempt.maybes(),
                question.round(),
                question.held() ? Granter.Phase.HOLDING : Granter.Phase.ASKING,
                attempt.age(clock));
        for (String peer : shared.peers()) {
            shared.courier.send(peer, claim);
        }
        if (question.answered()) {
            conclude(attempt);
        } else {
            attempt.timer = shared.context.loop().schedule(timings.claimRound(), () -> conclude(attempt));
        }
    }

    /** An answer to a question of this node. */
    void answered(String peer, dev.tocsin.cluster.proto.ClaimAnswer answer) {
        Attempt attempt = open.get(ClaimMessages.read(answer.getId()));
        if (attempt == null) {
            return;
        }
        if (answer.hasDeny()) {
            denied(attempt, peer, answer);
            return;
        }
        if (attempt.state == Attempt.State.SENDING) {
            renewals.answered(attempt, peer, answer.getRound(), answer.hasGrant());
            return;
        }
        Question question = attempt.questions.find(answer.getRound());
        if (attempt.state != Attempt.State.ASKING || question == null || isOver(question)) {
            return;
        }
        if (answer.hasGrant()) {
            question.granted(peer);
        } else {
            question.abstained(peer);
        }
        concludeIfDecided(attempt, question);
    }

    /** Goes on as soon as nothing that can still be answered would change anything. */
    private void concludeIfDecided(Attempt attempt, Question question) {
        boolean hopeless = question.denial() != null && !shared.isMajority(question.hoped());
        if (hopeless || question.answered() || question.start().monotonic(clock).compareTo(timings.claimRound()) >= 0) {
            conclude(attempt, question);
        }
    }

    /** Whether too little would be left of a lease that starts with this question. */
    private boolean isOver(Question question) {
        return question.start().elapsed(clock).compareTo(timings.holderLease().dividedBy(2)) > 0;
    }

    private void conclude(Attempt attempt) {
        Question question = attempt.questions.last();
        if (question != null) {
            conclude(attempt, question);
        }
    }

    private void conclude(Attempt attempt, Question question) {
        if (attempt.state != Attempt.State.ASKING) {
            return;
        }
        if (attempt.hasNews(shared.log(attempt.key()))) {
            refused(attempt, "the log knows more now");
            return;
        }
        Quorum quorum = shared.count(question, attempt);
        String denial = question.denial();
        if (denial != null && quorum != Quorum.STRICT) {
            end(attempt, Release.Outcome.NOT_SENT);
            backOff(attempt, denial, false);
            return;
        }
        if (quorum.suffices()) {
            if (question.held()) {
                attempt.held = false;
                ask(attempt);
            } else {
                granted(attempt, question, quorum);
            }
            return;
        }
        if (question != attempt.questions.last()) { // a later one is still open
            return;
        }
        // a live peer that is only slow may still grant: its answer could not be sent on if the next question was held
        attempt.held |= question.answered() || shared.isMinority();
        if (!attempt.heldWithoutQuorum) {
            attempt.heldWithoutQuorum = true;
            shared.metrics.claimed("held");
        }
        attempt.hold(
                question.grants().size() + " of " + shared.members.known().size()
                        + " nodes could be asked; waiting for a majority",
                true);
        attempt.timer.cancel();
        Duration left = timings.reask().minus(question.start().monotonic(clock));
        attempt.timer = shared.context.loop().schedule(left, () -> askAgain(attempt));
    }

    private void askAgain(Attempt attempt) {
        if (attempt.state == Attempt.State.ASKING) {
            if (shared.members.warm() && !shared.members.draining()) {
                ask(attempt);
            } else {
                withdraw(attempt);
            }
        }
    }

    private void granted(Attempt attempt, Question question, Quorum quorum) {
        attempt.state = Attempt.State.SENDING;
        attempt.quorum = quorum;
        attempt.leaseFrom = question.start();
        attempt.timer.cancel();
        shared.touch(attempt.key()).denials = 0;
        shared.metrics.claimed(
                switch (quorum) {
                    case STRICT -> "granted";
                    case HALF -> "half";
                    case OVERDUE, MISSING -> "fail_open";
                });
        leases.watch(attempt);
        renewals.begin(attempt);
        String mark = shared.mark(attempt.key(), question, quorum);
        attempt.grant(new ClusterGrant(attempt, this, leases, new Succession(shared, attempt), mark));
    }

    private void denied(Attempt attempt, String peer, dev.tocsin.cluster.proto.ClaimAnswer answer) {
        Deny deny = answer.getDeny();
        boolean news = deny.getHeadsCount() + deny.getMaybesCount() > 0;
        String why = news ? peer + " knows more" : peer + " has promised it to another claim";
        boolean asking = attempt.state == Attempt.State.ASKING;
        if (asking && !news) {
            // what was promised elsewhere without a majority, or long ago, is in nobody's way who has one
            Question question = attempt.questions.find(answer.getRound());
            if (question != null && !isOver(question)) {
                question.denied(peer, why);
                concludeIfDecided(attempt, question);
            }
            return;
        }
        if (asking) {
            end(attempt, Release.Outcome.NOT_SENT);
        }
        try {
            List<ClaimContent> doubts = shared.messages.contents(deny.getMaybesList());
            shared.log.merge(shared.messages.entries(deny.getHeadsList()), doubts);
            shared.dispel(peer, attempt.key(), doubts);
        } catch (IOException e) {
            shared.context.unreadable().note(peer, e);
        }
        if (asking) {
            backOff(attempt, why, true);
        } else if (attempt.state == Attempt.State.SENDING && (news || attempt.quorum != Quorum.STRICT)) {
            // a single promise elsewhere takes nothing away from a majority; it does from less
            leases.lapse(attempt, why);
        }
    }

    private void backOff(Attempt attempt, String why, boolean news) {
        shared.metrics.claimed("denied");
        KeyClaims claims = shared.touch(attempt.key());
        Duration delay = backOff.delay(claims, news);
        attempt.state = Attempt.State.WAITING;
        attempt.timer = shared.context.loop().schedule(delay, () -> attempt.deny(why));
        free(claims, why);
    }

    /** The claim is over before anything was sent, and the flush decides again at once. */
    private void refused(Attempt attempt, String why) {
        shared.metrics.claimed("denied");
        end(attempt, Release.Outcome.NOT_SENT);
        attempt.deny(why);
        free(shared.touch(attempt.key()), why);
    }

    /** Gives up asking for now; the attempt gets in line. */
    void withdraw(Attempt attempt) {
        KeyClaims claims = shared.touch(attempt.key());
        end(attempt, Release.Outcome.NOT_SENT);
        attempt.state = Attempt.State.WAITING;
        claims.waiting.add(attempt);
        if (!shared.members.warm()) {
            attempt.hold("this node does not know yet what the others know", true);
        } else {
            attempt.hold("a better-ranked node asks", false);
            attempt.yieldsUntilNanos = clock.nanoTime() + YIELD.toNanos();
            attempt.timer = shared.context.loop().schedule(YIELD, () -> free(claims, "a better-ranked node has asked"));
        }
    }

    private void giveUp(Attempt attempt) {
        KeyClaims claims = shared.touch(attempt.key());
        claims.waiting.remove(attempt);
        switch (attempt.state) {
            case WAITING -> attempt.end();
            case ASKING -> {
                end(attempt, Release.Outcome.NOT_SENT);
                free(claims, "an earlier claim was given up");
            }
            case SENDING, OVER -> {}
        }
    }

    void release(Attempt attempt, Grant.Release how) {
        if (attempt.state != Attempt.State.SENDING) {
            return;
        }
        switch (how) {
            case RECORDED -> end(attempt, Release.Outcome.RECORDED);
            case NOT_SENT -> end(attempt, Release.Outcome.REFUSED);
            case UNKNOWN -> end(attempt, Release.Outcome.UNKNOWN);
        }
        // later than what was recorded is told, or the granters would still hold their promises for this one
        shared.context.loop().execute(() -> free(shared.touch(attempt.key()), "an earlier notification has ended"));
    }

    /**
     * Ends an attempt and tells the granters. They learn of a recorded outcome by the entry itself: a promise that ended
     * before the entry came would leave a gap.
     */
    private void end(Attempt attempt, Release.Outcome outcome) {
        stop(attempt);
        if (outcome != Release.Outcome.RECORDED) {
            shared.courier.deliverToAll(shared.messages.release(attempt.content(), outcome));
        }
    }

    private void stop(Attempt attempt) {
        attempt.end();
        open.remove(attempt.id());
        renewals.end(attempt);
        KeyClaims claims = shared.touch(attempt.key());
        if (claims.attempt == attempt) {
            claims.attempt = null;
        }
    }

    /** Lets those that wait for a key decide again, unless something else is in the way. */
    void free(KeyClaims claims, String why) {
        if (claims.attempt != null || claims.promise != null || !shared.members.warm()) {
            return;
        }
        long now = clock.nanoTime();
        for (Attempt attempt : new ArrayList<>(claims.waiting)) {
            boolean yields = attempt.yieldsUntilNanos - now > 0;
            if (!yields || attempt.hasNews(shared.log(claims.key))) {
                claims.waiting.remove(attempt);
                attempt.deny(why);
            }
        }
    }

    /** The log has learnt of something. */
    void learnt(LogKey key) {
        KeyClaims claims = shared.find(key);
        if (claims == null) {
            return;
        }
        Attempt attempt = claims.attempt;
        if (attempt != null && attempt.state == Attempt.State.ASKING && attempt.hasNews(shared.log(key))) {
            refused(attempt, "the log knows more now");
        }
    }

    /** A claim led to nothing: whoever asks because it might have led to something decides again. */
    void learntRefused(ClaimContent claim) {
        KeyClaims claims = shared.find(claim.key());
        Attempt attempt = claims == null ? null : claims.attempt;
        if (attempt != null
                && attempt.state == Attempt.State.ASKING
                && attempt.maybes().contains(claim.id())) {
            refused(attempt, "what was in doubt was not accepted");
        }
    }

    /** The members have changed: a cold node asks for nothing. */
    void membersChanged() {
        boolean warm = shared.members.warm();
        for (KeyClaims claims : shared.all()) {
            Attempt attempt = claims.attempt;
            if (!warm && attempt != null && attempt.state == Attempt.State.ASKING) {
                withdraw(attempt);
            }
            if (warm) {
                free(claims, "this node knows what the others know");
            }
        }
    }
}
