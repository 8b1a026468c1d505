package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.History;
import dev.tocsin.it.sim.world.Settings;
import java.util.ArrayList;
import java.util.List;

/** Compares a history with the promise, sentence by sentence. */
public final class Checker {
    private Checker() {}

    /**
     * All that the history breaks, in no order.
     *
     * @param truth the alerts that fire in the end, as bits
     * @param end when the history ends, true time in nanoseconds
     */
    public static List<Violation> check(History history, Settings settings, long truth, long end) {
        Record record = new Record(history, settings, truth, end);
        List<Violation> violations = new ArrayList<>();
        violations.addAll(new FinalCheck(record).check());
        violations.addAll(new LossCheck(record).check());
        violations.addAll(new RepeatCheck(record).check());
        violations.addAll(new OrderCheck(record).check());
        violations.addAll(new AccountCheck(record).check());
        violations.addAll(new SilenceCheck(record).check());
        return violations;
    }
}
