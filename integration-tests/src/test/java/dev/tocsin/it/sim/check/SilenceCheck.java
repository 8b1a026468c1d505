package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** No acknowledged edit of a silence is undone. */
final class SilenceCheck {
    private static final String KEPT = "No acknowledged silence edit is undone";

    private final Observed observed;

    SilenceCheck(Observed observed) {
        this.observed = observed;
    }

    List<Violation> check() {
        Map<Integer, Happening.SilenceAnswered> acknowledged = new HashMap<>();
        observed.history()
                .all(Happening.SilenceAnswered.class)
                .filter(Happening.SilenceAnswered::stored)
                .forEach(answer -> acknowledged.put(answer.edit().silence(), answer));
        Map<Integer, Happening.SilenceAsked> asked = new HashMap<>();
        observed.history().all(Happening.SilenceAsked.class).forEach(edit -> asked.put(edit.silence(), edit));
        List<Violation> violations = new ArrayList<>();
        observed.history().all(Happening.SilenceSeen.class).forEach(seen -> {
            Happening.SilenceAnswered last = acknowledged.get(seen.silence());
            Happening.SilenceAsked lastAsked = asked.get(seen.silence());
            if (last != null
                    && last.edit().equals(lastAsked)
                    && last.edit().active() != seen.active()
                    && !observed.isLost(last.edit().node(), last.at(), seen.at())) {
                violations.add(new Violation(
                        "silences",
                        KEPT,
                        seen.at(),
                        "silence s" + seen.silence() + " ",
                        seen.text() + ", but " + last.text()));
            }
        });
        return violations;
    }
}
