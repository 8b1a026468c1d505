package dev.tocsin.it.sim;

import dev.tocsin.it.sim.world.Dice;
import dev.tocsin.it.sim.world.Settings;
import dev.tocsin.it.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happens to a world, and when: alerts that come and go, edits of silences, and what is done to the nodes. At the
 * end everything is repaired, and there is time to come to rest.
 */
final class Scenario {
    /** Milliseconds until everything has come to rest after the repair. */
    private static final int REST = 75_000;

    /** Milliseconds until nodes that start together have found each other, and their claims count. */
    private static final int SETTLED = 10_000;

    private record Step(long atMillis, Consumer<World> action) {}

    private final long seed;
    private final Settings settings;
    private final int activeMillis;
    private final List<Step> steps = new ArrayList<>();

    /**
     * Nothing happens yet but that all nodes start at once.
     *
     * @param activeMillis when the repair is made
     */
    Scenario(long seed, Settings settings, int activeMillis) {
        this.seed = seed;
        this.settings = settings;
        this.activeMillis = activeMillis;
    }

    /** Something is done at a second. */
    Scenario at(double second, Consumer<World> action) {
        steps.add(new Step(Math.round(second * 1000), action));
        return this;
    }

    /** Alerts begin and end at random, each about every so many seconds. */
    Scenario alerts(double everySeconds) {
        Dice dice = new Dice(seed ^ 0x5eed_a1e7L);
        for (int alert = 0; alert < settings.alerts(); alert++) {
            int which = alert;
            double second = 1 + dice.millis(0, everySeconds) / 1e6;
            while (second * 1000 < activeMillis) {
                at(second, world -> world.flip(which));
                second += dice.millis(everySeconds / 4, everySeconds * 2) / 1e6;
            }
        }
        return this;
    }

    /** The last alert's silence is edited about every so many seconds. */
    Scenario silences(double everySeconds) {
        Dice dice = new Dice(seed ^ 0x5eed_0ff5L);
        double second = everySeconds;
        while (second * 1000 < activeMillis) {
            at(second, World::editSilence);
            second += dice.millis(everySeconds / 2, everySeconds * 2) / 1e6;
        }
        return this;
    }

    /** Lets it all happen. */
    Run run() {
        World world = new World(seed, settings);
        for (int node = 0; node < settings.nodes(); node++) {
            int which = node;
            world.at(0, () -> world.control().start(which));
        }
        world.at(SETTLED, world::inspectTurns);
        for (Step step : steps) {
            world.at(step.atMillis, () -> step.action.accept(world));
        }
        world.runUntil(activeMillis);
        world.control().repair();
        world.runUntil(activeMillis + REST);
        world.inspectSilences();
        world.inspectTurns();
        return new Run(seed, settings, world);
    }
}
