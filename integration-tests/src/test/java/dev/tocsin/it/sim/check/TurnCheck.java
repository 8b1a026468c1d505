package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each flush is announced, sent or not: where nothing goes wrong hardly anybody has to ask what became of a group. */
final class TurnCheck {
    private static final String ANNOUNCED = "TickDone after every flush, sent or not: no notes pile up";

    /** Timers that end apart, as of groups that nodes hear of at different times, let a node ask now and then. */
    private static final int NOW_AND_THEN = 20;

    private final Observed observed;

    TurnCheck(Observed observed) {
        this.observed = observed;
    }

    List<Violation> check() {
        List<Violation> violations = new ArrayList<>();
        if (!isCalm()) {
            return violations;
        }
        Map<Integer, Happening.Nudges> first = new HashMap<>();
        observed.history().all(Happening.Nudges.class).forEach(one -> {
            Happening.Nudges before = first.putIfAbsent(one.node(), one);
            if (before != null && one.asked() > before.asked() + NOW_AND_THEN) {
                violations.add(new Violation(
                        "turns", ANNOUNCED, one.at(), "n" + (one.node() + 1), one.text() + ", but " + before.asked()));
            }
        });
        return violations;
    }

    /** Whether nothing happened but that nodes were started once, and alerts came and went. */
    private boolean isCalm() {
        return observed.history()
                .all(Happening.Interference.class)
                .map(Happening.Interference::what)
                .allMatch(what -> what.endsWith(" fires")
                        || what.endsWith(" is over")
                        || what.endsWith(".1 starts empty")
                        || what.endsWith(" GOOD")
                        || what.equals("all ways are good"));
    }
}
