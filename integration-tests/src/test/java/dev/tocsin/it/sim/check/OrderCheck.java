package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.Request;
import java.util.ArrayList;
import java.util.List;

/** G4: on one side of a partition, requests start in rising sequence, and one number means one notification. */
final class OrderCheck {
    private static final String RISING =
            "On one side of a partition, requests for a (group, receiver, integration) start"
                    + " in rising sequence, and a firing is not started after a newer resolve";
    private static final String ONE_NUMBER = "Same number and key only if the content is the same";

    private final Observed observed;
    private final List<Violation> violations = new ArrayList<>();

    OrderCheck(Observed observed) {
        this.observed = observed;
    }

    List<Violation> check() {
        for (List<Request> requests : observed.byKey().values()) {
            for (int i = 1; i < requests.size(); i++) {
                check(requests.subList(0, i), requests.get(i));
            }
        }
        return violations;
    }

    private void check(List<Request> before, Request next) {
        for (Request one : before.reversed()) {
            if (one.ending() == Request.Ending.UNREACHABLE) {
                continue; // no byte of it was sent
            }
            long difference = next.content().sequence() - one.content().sequence();
            boolean mayBeKnown = one.accepted() || one.unknown();
            boolean sameNumberOtherNews =
                    difference == 0 && mayBeKnown && !one.content().tellsAs(next.content());
            if ((difference < 0 || sameNumberOtherNews) && sameSide(one, next)) {
                violations.add(new Violation(
                        "G4",
                        difference < 0 ? RISING : ONE_NUMBER,
                        next.startedAt(),
                        Observed.about(next.content().group()),
                        next + " started after " + one));
                return;
            }
        }
    }

    /**
     * Whether both were claimed with a majority, and it was there all the time. The second sender may have stood still or
     * been cut off meanwhile: what it starts then comes too late.
     */
    private boolean sameSide(Request one, Request next) {
        long from = Math.min(observed.claimedAt(one), observed.claimedAt(next));
        return observed.answering(observed.claimedAt(one)).inMajority(one.node())
                && observed.alwaysAnswers(from, next.startedAt(), topology -> topology.hasMajority())
                && observed.answering(observed.claimedAt(next)).inMajority(next.node())
                && observed.answering(next.startedAt()).inMajority(next.node())
                && observed.history()
                        .all(Happening.DiskLost.class)
                        .noneMatch(lost -> lost.at() >= from && lost.at() <= next.startedAt());
    }
}
