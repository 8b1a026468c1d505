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
        Observed observed = new Observed(history, settings, truth, end);
        List<Violation> violations = new ArrayList<>();
        violations.addAll(new FinalCheck(observed).check());
        violations.addAll(new HealingCheck(observed).check());
        violations.addAll(new LossCheck(observed).check());
        violations.addAll(new RepeatCheck(observed).check());
        violations.addAll(new OrderCheck(observed).check());
        violations.addAll(new AccountCheck(observed).check());
        violations.addAll(new SilenceCheck(observed).check());
        violations.addAll(new MuteCheck(observed).check());
        violations.addAll(new InhibitionCheck(observed).check());
        violations.addAll(new InferenceCheck(observed).check());
        violations.addAll(new TurnCheck(observed).check());
        violations.addAll(new RouteCheck(observed).check());
        return violations;
    }
}
