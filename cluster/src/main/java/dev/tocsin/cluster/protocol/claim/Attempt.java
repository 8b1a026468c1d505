package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.cluster.protocol.Moment;
import dev.tocsin.core.claim.ClaimAnswer;
import dev.tocsin.core.claim.ClaimRequest;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One claim of this node, from the first question to its release. Used on the hub loop only. */
final class Attempt {
    enum State {
        /** Something else has to end first. */
        WAITING,
        /** The peers are asked, once or again and again. */
        ASKING,
        /** Granted: a request may be under way. */
        SENDING,
        /** Released, denied or given up. */
        OVER
    }

    private final ClaimRequest request;
    private final List<ClaimId> maybes;
    private final Consumer<ClaimAnswer> answer;
    private final Moment begun;
    private final Duration ageAtBegin;
    private final List<Runnable> whenLapsed = new ArrayList<>();

    State state = State.WAITING;
    /** What was asked before the claim was granted. */
    final Rounds questions = new Rounds();
    /** What was asked to renew it. */
    final Rounds renewals = new Rounds();
    /** What gave the lease; {@link Quorum#MISSING} before it was granted. */
    Quorum quorum = Quorum.MISSING;
    /** Where the lease starts. */
    Moment leaseFrom;
    /** Whether it had to wait for a majority. */
    boolean heldWithoutQuorum;
    /** Whether it lacks a quorum, and asks once more before it sends: until then its end leaves no doubt. */
    boolean held;
    /** Whether the lease has lapsed, or another node objected. */
    boolean lapsed;

    /** Monotonic: a withdrawn claim leaves the better-ranked node this long to get its grants. */
    long yieldsUntilNanos;

    Cancellable timer = Cancellable.NONE;
    private int rounds;
    private String heldFor = "";

    /** @param log what was decided with */
    Attempt(ClaimRequest request, KeyState log, Consumer<ClaimAnswer> answer, Clock clock) {
        this.request = request;
        this.maybes = log.maybes().stream()
                .map(ClaimContent::id)
                .filter(maybe -> !Granter.tellsOutcome(log, maybe))
                .toList();
        this.answer = answer;
        this.begun = Moment.now(clock);
        this.leaseFrom = begun;
        this.yieldsUntilNanos = begun.nanos();
        Duration age = Duration.between(request.tick(), clock.now());
        this.ageAtBegin = age.isNegative() ? Duration.ZERO : age;
    }

    ClaimRequest request() {
        return request;
    }

    ClaimContent content() {
        return request.content();
    }

    ClaimId id() {
        return request.content().id();
    }

    LogKey key() {
        return request.content().key();
    }

    /**
     * The claims whose outcome was not known when this one was decided on. A head that tells the outcome and leaves the
     * maybe where it is was no news even then: to decide again would change nothing, again and again.
     */
    List<ClaimId> maybes() {
        return maybes;
    }

    /** Whether the log knows more now than when this was decided on. */
    boolean hasNews(KeyState log) {
        return KeyClaims.hasNews(log, content(), maybes);
    }

    /** How long the group has been due. */
    Duration age(Clock clock) {
        return ageAtBegin.plus(begun.monotonic(clock));
    }

    int nextRound() {
        return ++rounds;
    }

    /** Tells the flush why it waits, once for each reason. */
    void hold(String reason, boolean withoutQuorum) {
        if (!reason.equals(heldFor)) {
            heldFor = reason;
            answer.accept(new ClaimAnswer.Held(reason, withoutQuorum));
        }
    }

    /** The flush has to decide again. */
    void deny(String reason) {
        end();
        answer.accept(new ClaimAnswer.Denied(reason));
    }

    void grant(ClusterGrant grant) {
        answer.accept(new ClaimAnswer.Granted(grant));
    }

    void end() {
        state = State.OVER;
        timer.cancel();
    }

    Cancellable onLapse(Runnable then) {
        whenLapsed.add(then);
        return () -> whenLapsed.remove(then);
    }

    void lapse() {
        if (!lapsed) {
            lapsed = true;
            List.copyOf(whenLapsed).forEach(Runnable::run);
        }
    }
}
