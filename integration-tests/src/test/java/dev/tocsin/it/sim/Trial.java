package dev.tocsin.it.sim;

import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.it.sim.world.Mood;
import dev.tocsin.it.sim.world.Settings;
import dev.tocsin.it.sim.world.SimConfigs;
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
    },
    /** Nothing goes wrong. */
    CALM {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            return cluster(seed, 3, suspended);
        }
    },
    /** Whoever sends stands still while receivers refuse; these accept again when another one has told something newer. */
    STOPPED_WHILE_SENDING {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            Scenario scenario = still(seed, 3, suspended);
            for (int i = 0; i < 4; i++) {
                double at = 12 + 14 * i;
                int node = i % 3;
                double length = i < 2 ? 4.2 : 7;
                scenario.at(at, world -> all(world, Mood.REFUSES))
                        .at(at + 0.1, world -> flipAll(world, 4))
                        .at(at + 6, world -> world.control().pause(node, false))
                        .at(at + 6.2, world -> flipAll(world, 8))
                        .at(at + 6.3, world -> all(world, Mood.GOOD))
                        .at(at + 6 + length, world -> world.control().resume(node));
            }
            return scenario;
        }
    },
    /** The ways of two nodes to the receivers are broken, one after the other. */
    BROKEN_WAYS {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            return still(seed, 3, suspended)
                    .at(5, world -> world.control().egress(0, false))
                    .at(6, world -> world.control().egress(1, false))
                    .at(35, world -> flipAll(world, 8));
        }
    },
    /** One node has not got the configuration that the others have: it knows nothing of some of their groups. */
    UNEQUAL {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            return still(seed, 3, suspended)
                    .at(1, world -> world.control().reload(2, SimConfigs.OTHER_ROUTES))
                    .at(2, world -> world.control().reload(0, 1))
                    .at(2, world -> world.control().reload(1, 1))
                    .at(30, world -> flipAll(world, 8));
        }
    },
    /** A node is down when an alert begins and when it ends; those that knew of it lose power before they have told that. */
    DOWN_AT_THE_END {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            int node = (int) (seed % 3);
            Settings settings = Settings.cluster(3).resending(600_000).without(suspended);
            Scenario scenario = new Scenario(seed, settings, SECONDS * 1000);
            return scenario.at(5, world -> world.control().kill(node))
                    .at(10, world -> flipAll(world, 8))
                    .at(30, world -> flipAll(world, 8))
                    .at(33, world -> world.control().start(node))
                    .at(33.2, world -> powerOffBut(world, node));
        }
    },
    /** Senders and most nodes are on one side of a cut for as long as alerts last without being told again, and longer. */
    SENDERS_ON_ONE_SIDE {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            return new Scenario(seed, Settings.cluster(5).without(suspended), 200_000)
                    .at(3, world -> flipAll(world, 8))
                    .at(15, world -> world.control().split(3))
                    .at(15, world -> world.sendersReach(28));
        }
    },
    /** All nodes are killed when a request is accepted, and start again a second later. */
    ALL_DIE {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            Scenario scenario = cluster(seed, 3, suspended);
            for (int i = 0; i < 4; i++) {
                scenario.at(10 + 12 * i, world -> world.onceAccepted(request -> killAll(world)));
                scenario.at(18 + 12 * i, Trial::startAll);
            }
            return scenario;
        }
    },
    /** Whoever has granted is killed and comes back at once, while those that claim do not hear each other. */
    GRANTER_RESTARTS {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            Scenario scenario = still(seed, 3, suspended);
            for (int i = 0; i < 3; i++) {
                int granter = i;
                int one = (i + 1) % 3;
                int other = (i + 2) % 3;
                double at = 12 + 20 * i;
                scenario.at(at, world -> all(world, Mood.REFUSES))
                        .at(at + 0.1, world -> flipAll(world, 8))
                        .at(at - 2, world -> world.control().cut(one, other))
                        .at(at - 2, world -> world.control().cut(other, one))
                        .at(at + 7, world -> world.control().kill(granter))
                        .at(at + 7.3, world -> world.control().start(granter))
                        .at(at + 8.6, world -> all(world, Mood.GOOD))
                        .at(at + 16, world -> world.control().heal());
            }
            return scenario;
        }
    },
    /** Two of five say goodbye, and come back on the other side of a cut than two that do not hear of it. */
    BACK_BEHIND_A_CUT {
        @Override
        Scenario scenario(long seed, Set<Rule> suspended) {
            return new Scenario(seed, Settings.cluster(5).without(suspended), 80_000)
                    .at(20, world -> world.control().stop(3))
                    .at(20, world -> world.control().stop(4))
                    .at(24, world -> world.control().split(25))
                    .at(25, world -> world.control().start(3))
                    .at(25, world -> world.control().start(4))
                    .at(32, world -> flipAll(world, 8))
                    .at(60, world -> world.control().heal());
        }
    };

    private static void killAll(World world) {
        for (int node = 0; node < world.control().count(); node++) {
            world.control().kill(node);
        }
    }

    private static void powerOffBut(World world, int node) {
        for (int other = 0; other < world.control().count(); other++) {
            if (other != node) {
                world.control().powerOff(other);
            }
        }
    }

    private static void flipAll(World world, int alerts) {
        for (int alert = 0; alert < alerts; alert++) {
            world.flip(alert);
        }
    }

    /** Alerts do nothing by themselves. */
    private static Scenario still(long seed, int nodes, Set<Rule> suspended) {
        return new Scenario(seed, Settings.cluster(nodes).skewed().without(suspended), 80_000);
    }

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
