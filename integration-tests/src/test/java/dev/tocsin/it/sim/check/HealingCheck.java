package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.Masks;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.history.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** At the tick after a healing after which nothing else is wrong, what receivers were told is what is the matter. */
final class HealingCheck {
    private static final String CORRECTED =
            "After healing, whatever differs from the truth is corrected at the next tick";

    /** For so long nothing but the ways was wrong. */
    private static final long BEFORE = 60 * Observed.SECOND;

    /** For so long the alerts that are compared were what they are. */
    private static final long SETTLED = 40 * Observed.SECOND;

    /** Nodes have met, and a notification takes its time. */
    private static final long AFTER = 6_250 * Observed.MILLI;

    private final Observed observed;
    private final Muting muting;
    private final List<Violation> violations = new ArrayList<>();

    HealingCheck(Observed observed) {
        this.observed = observed;
        this.muting = new Muting(observed);
    }

    List<Violation> check() {
        long healed = observed.history()
                .all(Happening.Interference.class)
                .filter(one -> one.what().equals("all ways are good"))
                .mapToLong(Happening.Interference::at)
                .max()
                .orElse(-1);
        long ticks = 2L * (observed.settings().groupIntervalMillis() + 1_000) * Observed.MILLI;
        if (healed >= 0 && isOnlyHealing(healed, healed + ticks + AFTER)) {
            for (int group = 0; group < observed.settings().groups(); group++) {
                for (String key : observed.keys(group)) {
                    check(key, group, settled(group, key, healed - SETTLED), healed + ticks + AFTER);
                }
            }
        }
        return violations;
    }

    private boolean isOnlyHealing(long healed, long until) {
        Map<String, Boolean> moods = new HashMap<>();
        for (Happening.Interference one :
                observed.history().all(Happening.Interference.class).toList()) {
            String what = one.what();
            if (what.startsWith("receiver ")) {
                moods.put(what.substring(0, "receiver 0".length()), what.endsWith(" GOOD"));
            }
            boolean mayBe = what.startsWith("receiver ")
                    || what.startsWith("split ")
                    || what.startsWith("cut ")
                    || what.equals("all ways are good")
                    || what.endsWith(" fires")
                    || what.endsWith(" is over");
            boolean isBad = !mayBe || (what.startsWith("receiver ") && moods.containsValue(false));
            if (isBad && one.at() >= healed - BEFORE && one.at() <= until) {
                return false;
            }
        }
        return until < observed.end()
                && observed.history().all(Happening.ClockSet.class).findAny().isEmpty()
                && observed.always(
                        Math.max(0, healed - BEFORE), until, topology -> topology.clean() && topology.allWarm())
                && observed.always(healed, until, Topology::hasMajority);
    }

    /** The alerts of a group, as bits, that have been what they are since a time, and that nothing mutes. */
    private long settled(int group, String key, long since) {
        long settled = observed.alerts(group);
        for (Happening.Interference one :
                observed.history().all(Happening.Interference.class).toList()) {
            boolean isFlip = one.what().endsWith(" fires") || one.what().endsWith(" is over");
            if (isFlip && one.at() >= since) {
                settled &= ~(1L
                        << Integer.parseInt(one.what().substring(1, one.what().indexOf(' '))));
            }
        }
        for (long left = settled; left != 0; left &= left - 1) {
            int alert = Long.numberOfTrailingZeros(left);
            settled &= muting.concerns(alert, key) ? ~(1L << alert) : -1L;
        }
        return settled;
    }

    private void check(String key, int group, long settled, long until) {
        List<Request> told = observed.accepted(key).stream()
                .filter(one -> one.acceptedAt() <= until)
                .toList();
        if (told.isEmpty()) {
            return;
        }
        Request last = told.getLast();
        Request highest = told.stream()
                .max(Comparator.comparingLong(one -> one.content().sequence()))
                .orElse(last);
        long truth = observed.truth() & settled;
        if (isWrong(last, truth, settled) && isWrong(highest, truth, settled)) {
            violations.add(new Violation(
                    "G4",
                    CORRECTED,
                    until,
                    Observed.about(group),
                    key + " was last told " + last + ", but what fires is " + Masks.text(truth, settled & ~truth)));
        }
    }

    private static boolean isWrong(Request told, long truth, long settled) {
        return (told.content().firing() & settled) != truth;
    }
}
