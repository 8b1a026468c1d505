package dev.tocsin.it.sim;

import dev.tocsin.it.sim.check.Checker;
import dev.tocsin.it.sim.check.Violation;
import dev.tocsin.it.sim.history.History;
import dev.tocsin.it.sim.world.Settings;
import dev.tocsin.it.sim.world.World;
import java.util.List;
import java.util.StringJoiner;

/** A simulation that has ended, and what it broke. */
final class Run {
    private static final long BEFORE = 30_000_000_000L;
    private static final long AFTER = 500_000_000L;

    private final long seed;
    private final World world;
    private final List<Violation> violations;

    Run(long seed, Settings settings, World world) {
        this.seed = seed;
        this.world = world;
        this.violations = Checker.check(world.history(), settings, world.firing(), world.now());
    }

    List<Violation> violations() {
        return violations;
    }

    History history() {
        return world.history();
    }

    long events() {
        return world.events();
    }

    /** Says which seed broke what, and what went before the first violation. */
    String report() {
        return report(violations);
    }

    /** The same for some of the violations. */
    String report(List<Violation> some) {
        StringJoiner text = new StringJoiner("\n");
        text.add("seed " + seed + ", " + world);
        some.stream().limit(5).forEach(violation -> text.add("  " + violation));
        if (!some.isEmpty()) {
            Violation first = some.getFirst();
            text.add("what went before the first of them:");
            for (String line : history().lines(first.at() - BEFORE, first.at() + AFTER)) {
                if (line.contains(first.about()) || line.contains("***") || line.contains("reach")) {
                    text.add(line);
                }
            }
        }
        return text.toString();
    }
}
