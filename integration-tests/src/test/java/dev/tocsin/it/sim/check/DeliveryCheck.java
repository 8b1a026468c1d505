package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.History;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.history.Topology;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one node cannot deliver because its own way to the receivers is broken, another one does. */
final class DeliveryCheck {
    private static final String DELIVERED =
            "One node's own way to the receiver is broken, the others' works: delivered within 15 s";
    private static final long BOUND = 15 * Observed.SECOND;

    private final Observed observed;
    private final List<Happening.Interference> all;

    DeliveryCheck(Observed observed) {
        this.observed = observed;
        this.all = observed.history().all(Happening.Interference.class).toList();
    }

    /** Whether what was acknowledged at a time and fires until {@code over} was delivered, if all but the ways was well. */
    void check(int alert, long begin, long acknowledged, long over, List<Violation> violations) {
        long wait = Math.max(
                observed.settings().groupWaitMillis(), observed.settings().groupIntervalMillis());
        long due = acknowledged + (wait + 1_000) * Observed.MILLI;
        long deadline = due + BOUND;
        if (deadline >= over || !isQuiet(acknowledged - 2 * BOUND, deadline) || !isReached(acknowledged, deadline)) {
            return;
        }
        int group = alert % observed.settings().groups();
        for (String key : observed.keys(group)) {
            if (!isTold(observed.accepted(key), 1L << alert, begin, deadline)) {
                violations.add(new Violation(
                        "G1",
                        DELIVERED,
                        deadline,
                        Observed.about(group),
                        "a" + alert + ", which fired and was acknowledged at" + History.seconds(acknowledged)
                                + " s, was not delivered to " + key));
            }
        }
    }

    private static boolean isTold(List<Request> accepted, long bit, long begin, long deadline) {
        boolean believed = false;
        for (Request request : accepted) {
            if (request.acceptedAt() > deadline) {
                break;
            }
            boolean firing = (request.content().firing() & bit) != 0;
            if (request.acceptedAt() >= begin && firing) {
                return true;
            }
            believed = firing;
        }
        return believed;
    }

    /** Whether nothing was wrong but ways to receivers. */
    private boolean isQuiet(long from, long to) {
        for (Happening.Interference one : all) {
            String what = one.what();
            boolean mayBe = what.endsWith(" fires") || what.endsWith(" is over") || isEgress(what);
            boolean isBadMood = what.startsWith("receiver") && !what.endsWith(" GOOD");
            if (one.at() <= to && ((one.at() >= from && !mayBe) || isBadMood)) {
                return false;
            }
        }
        return observed.history().all(Happening.ClockSet.class).findAny().isEmpty()
                && observed.always(Math.max(0, from), to, topology -> topology.clean() && topology.allWarm())
                && observed.always(Math.max(0, from), to, Topology::hasMajority);
    }

    private static boolean isEgress(String what) {
        return what.endsWith(" the receivers");
    }

    /** Whether a node that ran could reach the receivers all the time. */
    private boolean isReached(long from, long to) {
        Set<Integer> broken = new HashSet<>();
        for (Happening.Interference one : all) {
            String what = one.what();
            if (one.at() > to) {
                break;
            } else if (what.endsWith(" does not reach the receivers")) {
                broken.add(node(what));
            } else if (one.at() < from && what.endsWith(" reaches the receivers")) {
                broken.remove(node(what));
            } else if (one.at() < from && what.equals("all ways are good")) {
                broken.clear();
            }
        }
        for (int node = 0; node < observed.settings().nodes(); node++) {
            int one = node;
            if (!broken.contains(node) && observed.always(from, to, topology -> topology.inMajority(one))) {
                return true;
            }
        }
        return false;
    }

    private static int node(String what) {
        return Integer.parseInt(what.substring(1, what.indexOf(' '))) - 1;
    }
}
