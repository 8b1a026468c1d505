package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.history.Request.Ending;
import dev.tocsin.it.sim.history.Topology;

/** The exceptions that the second guarantee names. */
final class Exceptions {
    /** Within this time of the answer the outcome is with the others if the network is good. */
    private static final long REPLICATION = 30 * Observed.MILLI;

    /** The same if the network is bad: some resends. */
    private static final long SLOW_REPLICATION = 2_500 * Observed.MILLI;

    private final Observed observed;

    Exceptions(Observed observed) {
        this.observed = observed;
    }

    /** The receiver accepted without answering, or so late that the flush was over. */
    boolean unanswered(Request request) {
        return switch (request.ending()) {
            case UNANSWERED -> true;
            case CLOSED -> request.ignored() || budgetUsedUp(request);
            case NONE -> observed.end() - request.startedAt() > flush();
            case DELIVERED, REFUSED, UNREACHABLE -> false;
        };
    }

    /**
     * Whether it was closed because the budget of its flush was used up. A flush that waits for an earlier notification of
     * the same key claims late; its budget runs all the same.
     */
    private boolean budgetUsedUp(Request request) {
        long tolerance = Observed.SECOND / 2;
        return request.endedAt() - observed.flushedAt(request) >= flush() - tolerance
                || observed.hasFlushed(
                        request, request.endedAt() - flush() - tolerance, request.endedAt() - flush() + tolerance);
    }

    private long flush() {
        return Math.max(10_000, observed.settings().groupIntervalMillis()) * Observed.MILLI;
    }

    /**
     * Its sender, between its claim and the replication of the outcome, died, was drained, or was stopped or cut off for
     * more than the lease.
     */
    boolean senderLost(Request request) {
        long from = observed.claimedAt(request);
        long answered = request.endedAt() < 0 ? Long.MAX_VALUE / 2 : request.endedAt();
        long until = answered + replication(answered);
        int node = request.node();
        return ended(request, until)
                || observed.lasts(from, until, Observed.LEASE, topology -> !topology.inMajority(node))
                || (hasLapsed(request)
                        && observed.lastsByVotes(
                                from, request.endedAt(), Observed.LEASE, topology -> !topology.inMajority(node)));
    }

    /** Whether it was closed when its sender's lease was over: those that answer it may have no vote yet. */
    private boolean hasLapsed(Request request) {
        return request.ending() == Request.Ending.CLOSED
                && request.endedAt() - observed.claimedAt(request) >= Observed.LEASE - 100 * Observed.MILLI;
    }

    /**
     * Whether nobody but its sender could know in time what came of the claim that it belongs to: the sender died, or was
     * cut off for more than the lease, before the claim had ended. Bad ways may cut off as well: whoever hears nothing of a
     * claim for so long must take it for lost, and whatever follows is marked.
     */
    boolean claimLost(Request request, Request next) {
        long from = observed.claimedAt(request);
        long over = observed.failedAt(request);
        long until = over + replication(over);
        int node = request.node();
        return ended(request, until)
                || observed.lasts(from, until, Observed.LEASE, topology -> !topology.inMajority(node))
                || (next.content().marked()
                        && observed.lasts(from, until, Observed.LEASE, topology -> !topology.clean()));
    }

    private long replication(long at) {
        boolean clean = observed.always(at, at + REPLICATION, topology -> topology.clean());
        return clean ? REPLICATION : SLOW_REPLICATION;
    }

    /** Whether the life that sent it ended, or was told to, before {@code until}. */
    private boolean ended(Request request, long until) {
        String life = "n" + (request.node() + 1) + "." + request.life() + " ";
        return observed.history()
                .all(Happening.Interference.class)
                .anyMatch(one -> one.at() >= observed.claimedAt(request)
                        && one.at() <= until
                        && one.what().startsWith(life)
                        && !one.what().startsWith(life + "starts"));
    }

    /** Whether there was an instant without a strict majority of nodes that answer each other. */
    boolean majorityLost(long from, long to) {
        return !observed.alwaysAnswers(from, to, Topology::hasMajority);
    }

    /** Whether the only copies of its outcome are gone. */
    boolean outcomeLost(Request request, long until) {
        return request.accepted()
                && observed.isLost(request.node(), Math.max(request.endedAt(), request.acceptedAt()), until);
    }

    /** Whether the request is one of those whose repetition the guarantee does not exclude. */
    boolean of(Request request) {
        return unanswered(request) || senderLost(request);
    }

    /** Whether the sender could not know whether it was accepted. */
    static boolean unknown(Request request) {
        return request.ending() != Ending.DELIVERED
                && request.ending() != Ending.REFUSED
                && request.ending() != Ending.UNREACHABLE;
    }
}
