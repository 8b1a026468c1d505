package dev.tocsin.it.sim;

import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.it.sim.world.Mood;
import dev.tocsin.it.sim.world.Settings;
import dev.tocsin.it.sim.world.World;
import java.util.Set;

/** What shows what a rule of the protocol is for: one trouble that needs it. */
enum Trial {
    /** Whatever a seed draws. */
    CHAOS {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            return new Chaos(seed, settings -> settings.without(suspended)).scenario();
        }
    },
    /** Whoever sends dies when its request is accepted, and the alert changes at once. */
    DEATH {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            Scenario scenario = cluster(seed, 3, suspended);
            for (int i = 0; i < 4; i++) {
                scenario.at(
                        10 + 12 * i,
                        world -> world.onceAccepted(request -> {
                            world.control().kill(request.node());
                            world.flip(0);
                        }));
                scenario.at(20 + 12 * i, Trial::startAll);
            }
            return scenario;
        }
    },
    /** Each node stands still in turn, receivers are slow. */
    STANDSTILL {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            Scenario scenario = cluster(seed, 3, suspended);
            for (int i = 0; i < 3; i++) {
                int node = i;
                scenario.at(8, world -> world.mood(node, Mood.SLOW));
                scenario.at(12 + 14 * i, world -> world.control().pause(node, false));
                scenario.at(22 + 14 * i, world -> world.control().resume(node));
            }
            return scenario;
        }
    },
    /** Whoever sends is cut off from the others while receivers refuse; these accept again when another one has taken over. */
    CUT_WHILE_SENDING {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            Scenario scenario = cluster(seed, 3, suspended);
            for (int i = 0; i < 3; i++) {
                int side = 1 << i;
                double at = 10 + 16 * i;
                scenario.at(at, world -> all(world, Mood.REFUSES))
                        .at(at + 0.1, world -> world.flip(0))
                        .at(at + 5, world -> world.control().split(side))
                        .at(at + 9.5, world -> all(world, Mood.GOOD))
                        .at(at + 14, world -> world.control().heal());
            }
            return scenario;
        }
    },
    /** A node hears nothing from another one that hears it. */
    ONE_WAY {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            return new Scenario(seed, Settings.cluster(3).skewed().balanced().without(suspended), SECONDS * 1000)
                    .alerts(10)
                    .at(8, world -> world.control().cut((int) (seed % 3), (int) ((seed + 1) % 3)))
                    .at(50, world -> world.control().heal());
        }
    },
    /** A balancer gives batches to nodes of which a few are cut off for as long as alerts last without being told again. */
    CUT_OFF {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            return new Scenario(seed, Settings.cluster(5).balanced().without(suspended), 110_000)
                    .alerts(40)
                    .at(15, world -> world.control().split(3))
                    .at(100, world -> world.control().heal());
        }
    },
    /** Nodes are killed and come back at once, one after the other. */
    RESTARTS {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            Scenario scenario = cluster(seed, 3, suspended);
            for (int i = 0; i < 16; i++) {
                int node = i % 3;
                scenario.at(8 + 3 * i, world -> world.control().kill(node));
                scenario.at(8.3 + 3 * i, world -> world.control().start(node));
            }
            return scenario;
        }
    },
    /** The same, and what they have on disk is gone. */
    WIPED {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            Scenario scenario = cluster(seed, 3, suspended);
            for (int i = 0; i < 8; i++) {
                int node = i % 3;
                scenario.at(8 + 6 * i, world -> world.control().kill(node));
                scenario.at(9 + 6 * i, world -> world.control().wipe(node));
                scenario.at(10 + 6 * i, world -> world.control().start(node));
            }
            return scenario;
        }
    };

    private static final int SECONDS = 60;

    abstract Scenario scenario(long seed, Set<Rule> suspended);

    private static Scenario cluster(long seed, int nodes, Set<Rule> suspended) {
        return new Scenario(seed, Settings.cluster(nodes).skewed().without(suspended), SECONDS * 1000).alerts(10);
    }

    private static void all(World world, Mood mood) {
        for (int receiver = 0; receiver < 3; receiver++) {
            world.mood(receiver, mood);
        }
    }

    private static void startAll(World world) {
        for (int node = 0; node < world.control().count(); node++) {
            world.control().start(node);
        }
    }
}
