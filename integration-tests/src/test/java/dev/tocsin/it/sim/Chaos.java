package dev.tocsin.it.sim;

import dev.tocsin.it.sim.world.Dice;
import dev.tocsin.it.sim.world.Link;
import dev.tocsin.it.sim.world.Mood;
import dev.tocsin.it.sim.world.Nodes;
import dev.tocsin.it.sim.world.Settings;
import dev.tocsin.it.sim.world.Trait;
import dev.tocsin.it.sim.world.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Draws a scenario from a seed: the size of the world, and more and more that goes wrong in it. The first two hundred seeds
 * know the faults that the simulator began with; those from 20,000 on also know senders that do not reach all nodes, and
 * those from 2,000,000 on also configurations that inhibit, that are muted for a minute, and that route in depth; those from
 * 3,000,000 on also routes that are active at times only.
 */
final class Chaos {
    private static final int ACTIVE_SECONDS = 90;
    private static final int CALM_SECONDS = 12;

    /** What can go wrong. */
    enum Kind {
        KILL,
        POWER,
        PAUSE,
        SPLIT,
        CUT,
        BAD_LINKS,
        EGRESS,
        MOOD,
        RELOAD,
        DRAIN,
        ROLLING,
        ALL_COLD,
        OLD_DISK,
        CLOCK,
        SENDERS
    }

    private static final long FIRST_SEEDS = 200;
    private static final long LATER_SEEDS = 20_000;
    private static final long CONFIGURED_SEEDS = 2_000_000;
    /** From this seed on some have all that there is. */
    static final long LATEST_SEEDS = 3_000_000;

    private static final List<Kind> SECOND_KINDS =
            Stream.of(Kind.values()).filter(kind -> kind != Kind.SENDERS).toList();
    private static final List<Kind> FIRST_KINDS = Stream.of(Kind.values())
            .filter(kind -> kind != Kind.OLD_DISK && kind != Kind.CLOCK && kind != Kind.SENDERS)
            .toList();
    private static final List<Mood> FIRST_MOODS =
            Stream.of(Mood.values()).filter(mood -> mood != Mood.DIES_FOR_GOOD).toList();

    private final long seed;
    private final Dice dice;
    private final boolean all;
    private final UnaryOperator<Settings> change;
    private final List<String> faults = new ArrayList<>();

    /** @param change what is different from what the seed says */
    Chaos(long seed, UnaryOperator<Settings> change) {
        this(seed, change, seed >= FIRST_SEEDS);
    }

    /** The same, with all faults or with those only that the simulator began with. */
    Chaos(long seed, UnaryOperator<Settings> change, boolean all) {
        this.seed = seed;
        this.dice = new Dice(seed ^ 0x5eed_c4a0L);
        this.change = change;
        this.all = all;
    }

    /** The seed's scenario. Every eighth seed is calm, others have one kind of fault, the rest a mixture. */
    Scenario scenario() {
        Scenario scenario = new Scenario(seed, settings(), ACTIVE_SECONDS * 1000)
                .alerts(dice.between(12, 30))
                .silences(15);
        int severity = (int) Long.remainderUnsigned(seed, 8);
        List<Kind> kinds = switch (severity) {
            case 0 -> List.of();
            case 1 -> all ? List.of(Kind.KILL, Kind.POWER, Kind.OLD_DISK) : List.of(Kind.KILL, Kind.POWER);
            case 2 -> isLater() ? List.of(Kind.SPLIT, Kind.CUT, Kind.SENDERS) : List.of(Kind.SPLIT, Kind.CUT);
            case 3 -> List.of(Kind.MOOD, Kind.EGRESS);
            case 4 -> all ? List.of(Kind.PAUSE, Kind.BAD_LINKS, Kind.CLOCK) : List.of(Kind.PAUSE, Kind.BAD_LINKS);
            case 5 -> List.of(Kind.RELOAD, Kind.DRAIN, Kind.ROLLING, Kind.ALL_COLD);
            default -> isLater() ? List.of(Kind.values()) : all ? SECOND_KINDS : FIRST_KINDS;
        };
        double every = severity == 7 ? 8 : 20;
        double second = CALM_SECONDS;
        while (!kinds.isEmpty() && second < ACTIVE_SECONDS - 5) {
            add(scenario, dice.of(kinds), second);
            second += every * (0.3 + 1.4 * dice.below(1000) / 1000);
        }
        return scenario;
    }

    private boolean isLater() {
        return all && seed >= LATER_SEEDS;
    }

    /** What goes wrong in the scenario that was drawn, in words; the same as often as it does. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    private Settings settings() {
        int nodes = dice.of(all ? List.of(2, 3, 3, 3, 4, 5, 6, 7) : List.of(2, 3, 3, 3, 4, 5, 5, 7));
        int groups = dice.between(2, 4);
        boolean skewed = dice.chance(0.5);
        faults.add(nodes + " nodes");
        fault(skewed, "skewed clocks");
        return change.apply(new Settings(
                nodes,
                true,
                Set.of(),
                dice.between(1, 3),
                dice.chance(0.5),
                groups,
                groups * dice.between(1, 2) + 1,
                skewed ? 30_000 : 50,
                skewed ? 5_000 : 500,
                dice.of(List.of(500, 1_000, 3_000)),
                dice.of(List.of(4_000, 5_000, 10_000)),
                dice.of(List.of(3_600_000, 3_600_000, 3_600_000, 30_000)),
                15_000,
                traits()));
    }

    /** Drawn apart, so that the seeds before are what they were. */
    private Set<Trait> traits() {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        Dice other = new Dice(seed ^ 0x5eed_7a17L);
        for (Trait trait : Trait.values()) {
            boolean isInterval = trait == Trait.QUIET_MINUTE || trait == Trait.ACTIVE_INTERVALS;
            long first = trait == Trait.ACTIVE_INTERVALS ? LATEST_SEEDS : CONFIGURED_SEEDS;
            if (seed >= first && other.chance(isInterval ? 0.25 : 0.5)) {
                traits.add(trait);
                faults.add(trait.name());
            }
        }
        return Set.copyOf(traits);
    }

    private void add(Scenario scenario, Kind kind, double second) {
        int node = dice.below(64);
        double length = dice.of(List.of(0.3, 1.5, 3.0, 6.0, 12.0, 25.0, 55.0)) * (0.8 + 0.4 * dice.below(100) / 100);
        double over = second + length;
        faults.add(kind.name());
        switch (kind) {
            case KILL -> down(scenario, node, second, over, false);
            case POWER -> down(scenario, node, second, over, true);
            case PAUSE -> {
                boolean suspend = dice.chance(0.3);
                fault(suspend, "suspended");
                on(scenario, second, node, (nodes, which) -> nodes.pause(which, suspend));
                on(scenario, over, node, Nodes::resume);
            }
            case SPLIT -> {
                int side = dice.below(1 << 7);
                scenario.at(second, world -> world.control().split(side))
                        .at(over, world -> world.control().heal());
            }
            case CUT -> {
                int to = node + 1 + dice.below(6);
                on(scenario, second, node, (nodes, from) -> cut(nodes, from, to % nodes.count()));
                scenario.at(over, world -> world.control().heal());
            }
            case BAD_LINKS -> {
                Link bad = bad();
                scenario.at(second, world -> spoil(world, bad))
                        .at(over, world -> world.control().heal());
            }
            case EGRESS -> {
                on(scenario, second, node, (nodes, which) -> nodes.egress(which, false));
                on(scenario, over, node, (nodes, which) -> nodes.egress(which, true));
            }
            case MOOD -> {
                Mood mood = dice.of(all ? List.of(Mood.values()) : FIRST_MOODS);
                int receiver = dice.below(3);
                faults.add("receiver " + mood);
                scenario.at(second, world -> world.mood(receiver, mood))
                        .at(over, world -> world.mood(receiver, Mood.GOOD));
            }
            case RELOAD -> on(scenario, second, node, (nodes, which) -> nodes.reload(which, node % 2));
            case DRAIN -> {
                on(scenario, second, node, Nodes::stop);
                on(scenario, over + 5, node, Nodes::start);
            }
            case ROLLING -> roll(scenario, second);
            case OLD_DISK -> {
                double backup = Math.max(1, second - dice.of(List.of(1.0, 5.0, 20.0, 60.0)));
                boolean power = dice.chance(0.3);
                fault(power, "old disk after a loss of power");
                on(scenario, backup, node, Nodes::backUp);
                on(scenario, second, node, power ? Nodes::powerOff : Nodes::kill);
                on(scenario, over - 0.1, node, Chaos::restore);
                on(scenario, over, node, Nodes::start);
            }
            case CLOCK -> {
                double part = dice.below(2001) / 1000.0 - 1;
                on(scenario, second, node, (nodes, which) -> nodes.setClock(which, part));
            }
            case SENDERS -> {
                int reached = dice.below(1 << 7);
                scenario.at(second, world -> world.sendersReach(reached)).at(over, world -> world.sendersReach(-1));
            }
            case ALL_COLD -> {
                boolean power = dice.chance(0.3);
                fault(power, "all lose power");
                scenario.at(second, world -> all(world, power ? Nodes::powerOff : Nodes::kill))
                        .at(second + Math.min(length, 6), world -> all(world, Nodes::start));
            }
        }
    }

    private interface NodeAction {
        void run(Nodes nodes, int node);
    }

    private static void on(Scenario scenario, double second, int node, NodeAction action) {
        scenario.at(
                second,
                world -> action.run(world.control(), node % world.control().count()));
    }

    private static void all(World world, NodeAction action) {
        for (int node = 0; node < world.control().count(); node++) {
            action.run(world.control(), node);
        }
    }

    private void down(Scenario scenario, int node, double second, double over, boolean power) {
        boolean wipe = dice.chance(0.2);
        fault(wipe, "empty disk");
        on(scenario, second, node, power ? Nodes::powerOff : Nodes::kill);
        if (wipe) {
            on(scenario, over - 0.1, node, Chaos::wipe);
        }
        on(scenario, over, node, Nodes::start);
    }

    /** A node that is alone has the only copy of everything: losing it is no promise's matter. */
    private static void wipe(Nodes nodes, int node) {
        if (nodes.count() > 1) {
            nodes.wipe(node);
        }
    }

    private static void restore(Nodes nodes, int node) {
        if (nodes.count() > 1) {
            nodes.restore(node);
        }
    }

    private static void cut(Nodes nodes, int from, int to) {
        if (from != to) {
            nodes.cut(from, to);
        }
    }

    private Link bad() {
        Link bad = new Link(
                false,
                dice.chance(0.5) ? 0.05 + 0.2 * dice.below(100) / 100 : 0,
                dice.chance(0.3) ? 0.2 : 0,
                dice.chance(0.3),
                1,
                dice.of(List.of(5.0, 40.0, 100.0, 400.0)));
        fault(bad.loss() > 0, "loss");
        fault(bad.duplicate() > 0, "duplication");
        fault(bad.reorder(), "reordering");
        fault(bad.highMillis() > 50, "delay");
        return bad;
    }

    private void fault(boolean happens, String what) {
        if (happens) {
            faults.add(what);
        }
    }

    private static void spoil(World world, Link link) {
        all(
                world,
                (nodes, from) -> all(world, (same, to) -> {
                    if (from != to) {
                        nodes.link(from, to, link);
                    }
                }));
    }

    private static void roll(Scenario scenario, double second) {
        for (int i = 0; i < 7; i++) {
            int node = i;
            double at = second + 7.0 * i;
            scenario.at(at, world -> {
                if (node < world.control().count()) {
                    world.control().stop(node);
                }
            });
            scenario.at(at + 5.5, world -> {
                if (node < world.control().count()) {
                    world.control().start(node);
                }
            });
        }
    }
}
