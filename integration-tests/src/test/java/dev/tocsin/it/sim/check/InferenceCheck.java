package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.Masks;
import dev.tocsin.it.sim.history.Request;
import java.util.ArrayList;
import java.util.List;

/** A node outside the majority does not tell that an alert is over only because it has not heard of it for a while. */
final class InferenceCheck {
    private static final String INFERRED = "An end that was only inferred is not believed without a majority";
    /** Who heard of the alert at all heard of it within this time. */
    private static final long SPREAD = 5 * Observed.SECOND;
    /** An end is inferred after four times the senders' interval. */
    private static final long INTERVALS = 5;

    private final Observed observed;
    private final List<Violation> violations = new ArrayList<>();
    private final List<Happening> posts;

    InferenceCheck(Observed observed) {
        this.observed = observed;
        this.posts = observed.history().all().stream()
                .filter(one -> one instanceof Happening.Posted || one instanceof Happening.PostAnswered)
                .toList();
    }

    List<Violation> check() {
        for (Request request : observed.history().requests()) {
            long decided = observed.flushedAt(request);
            boolean outside = observed.topology(decided).hasMajority()
                    && !observed.topology(decided).inMajority(request.node());
            for (long left = outside ? request.content().resolved() : 0; left != 0; left &= left - 1) {
                check(request, decided, Long.numberOfTrailingZeros(left));
            }
        }
        return violations;
    }

    private void check(Request request, long decided, int alert) {
        long interval = INTERVALS * observed.settings().resendMillis() * Observed.MILLI;
        long begin = begin(alert, decided, request.node());
        int node = request.node();
        boolean stands = begin >= 0
                && begin + SPREAD < decided
                && observed.always(Math.max(begin, decided - interval), decided, topology -> topology.runs(node))
                && observed.history().all(Happening.ClockSet.class).noneMatch(set -> set.node() == node);
        if (stands) {
            violations.add(new Violation(
                    "G4",
                    INFERRED,
                    request.startedAt(),
                    Observed.about(request.content().group()),
                    request + " tells the end of " + Masks.text(0, 1L << alert) + ", which no sender has told"));
        }
    }

    /** Since when all senders have said that the alert fires, to whomever, and the node has it; -1 if they have not. */
    private long begin(int alert, long until, int node) {
        long begin = -1;
        boolean known = false;
        for (Happening one : posts) {
            if (one.at() > until) {
                break;
            }
            if (one instanceof Happening.Posted post) {
                if ((post.resolved() >>> alert & 1) == 1) {
                    begin = -1;
                    known = false;
                } else if ((post.firing() >>> alert & 1) == 1 && begin < 0) {
                    begin = post.at();
                }
            } else if (one instanceof Happening.PostAnswered answer
                    && begin >= 0
                    && answer.post().at() >= begin) {
                known |= (answer.holders().get(alert) >>> node & 1) == 1;
            }
        }
        return known ? begin : -1;
    }
}
