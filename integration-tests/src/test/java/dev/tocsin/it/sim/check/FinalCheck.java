package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.Masks;
import dev.tocsin.it.sim.history.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When all is well again, what receivers were told is what is the matter; and nothing breaks on the way. */
final class FinalCheck {
    private static final String CORRECTED =
            "After healing, whatever differs from the truth is corrected at the next tick, marked";
    private static final String REPEATED = "What still fires is told again when the repeat interval has elapsed";
    private static final String WHOLE = "No fault of the world is a fault of the hub";

    private static final long SLACK = 20 * Observed.SECOND;

    private final Observed observed;
    private final Exceptions exceptions;
    private final Muting muting;
    private final List<Violation> violations = new ArrayList<>();

    FinalCheck(Observed observed) {
        this.observed = observed;
        this.exceptions = new Exceptions(observed);
        this.muting = new Muting(observed);
    }

    List<Violation> check() {
        observed.history()
                .all(Happening.Broke.class)
                .forEach(broke -> violations.add(new Violation("G0", WHOLE, broke.at(), "", broke.text())));
        long acknowledged = observed.history()
                .all(Happening.PostAnswered.class)
                .mapToLong(answer -> answer.post().firing())
                .reduce(0, (a, b) -> a | b);
        for (int group = 0; group < observed.settings().groups(); group++) {
            long alerts = observed.alerts(group);
            for (String key : observed.keys(group)) {
                long firing = observed.truth() & alerts & acknowledged;
                long over = alerts & ~observed.truth();
                for (long left = alerts; left != 0; left &= left - 1) {
                    int alert = Long.numberOfTrailingZeros(left);
                    firing &= muting.isInhibitedInTheEnd(alert) ? ~(1L << alert) : -1L;
                    over &= muting.mayHaveDroppedTheEnd(alert, key) ? ~(1L << alert) : -1L;
                }
                check(group, key, firing, over);
            }
        }
        return violations;
    }

    /**
     * @param firing the alerts that fire, as far as they were acknowledged and nothing inhibits them
     * @param over the alerts that do not fire, as far as their end must have been told
     */
    private void check(int group, String key, long firing, long over) {
        List<Request> accepted = observed.accepted(key);
        if (accepted.isEmpty()) {
            if (firing != 0) {
                add(group, key + " was never told of " + Masks.text(firing, 0));
            }
            return;
        }
        Request last = accepted.getLast();
        Request highest = accepted.stream()
                .max(Comparator.comparingLong(one -> one.content().sequence()))
                .orElse(last);
        if (isWrong(last, firing, over)
                && isWrong(highest, firing, over)
                && !exceptions.outcomeLost(last, observed.end())) {
            add(group, key + " was last told " + last + ", but what fires is " + Masks.text(firing, 0));
        }
        if (firing != 0 && last.acceptedAt() < observed.end() - mostBetweenRepeats()) {
            violations.add(new Violation(
                    "G1", REPEATED, observed.end(), Observed.about(group), key + " was told nothing after " + last));
        }
    }

    /** The repeat interval, the tick after it and the time that it takes; an hour outlasts every history. */
    private long mostBetweenRepeats() {
        long interval = observed.settings().groupIntervalMillis() + 1_000L;
        return (observed.settings().repeatMillis() + 2 * interval) * Observed.MILLI + SLACK;
    }

    private static boolean isWrong(Request told, long firing, long over) {
        long believed = told.content().firing();
        return (firing & ~believed) != 0 || (believed & over) != 0;
    }

    private void add(int group, String what) {
        violations.add(new Violation("G4", CORRECTED, observed.end(), Observed.about(group), what));
    }
}
