package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.Request;
import java.util.ArrayList;
import java.util.List;

/** Nobody is told but those to whom the routing tree sends an alert. */
final class RouteCheck {
    private static final String NAMED = "A notification goes where the routing tree sends its alerts, and nowhere else";

    private final Observed observed;

    RouteCheck(Observed observed) {
        this.observed = observed;
    }

    List<Violation> check() {
        List<Violation> violations = new ArrayList<>();
        if (hasOtherRoutes()) {
            return violations;
        }
        for (Request request : observed.history().requests()) {
            Request.Content content = request.content();
            if (!observed.keys(content.group()).contains(content.key())) {
                violations.add(new Violation(
                        "routes",
                        NAMED,
                        request.startedAt(),
                        Observed.about(content.group()),
                        request + " goes to nobody of " + observed.keys(content.group())));
            }
        }
        return violations;
    }

    /** Whether a node had a configuration with routes that the first two have not. */
    private boolean hasOtherRoutes() {
        return observed.history()
                .all(Happening.Interference.class)
                .map(Happening.Interference::what)
                .anyMatch(what -> what.contains("configuration")
                        && !what.endsWith("configuration 0")
                        && !what.endsWith("configuration 1"));
    }
}
