package dev.tocsin.it.sim.world;

import dev.tocsin.core.storage.MemoryStorage;
import java.util.Arrays;
import java.util.List;

/**
 * What can be done to nodes and the ways between them. Nodes are counted from 0. What makes no sense, such as killing a
 * node that does not run, does nothing.
 */
public final class Nodes {
    private final World world;
    private final Dice dice;
    private final List<Machine> machines;
    private final Network network;
    private final SimConfigs configs;
    private final int[] lives;
    private final int[] variants;
    private final boolean[] egressBroken;
    private final boolean[] stopping;
    private int left;

    Nodes(World world, Dice dice, List<Machine> machines, Network network, SimConfigs configs) {
        this.world = world;
        this.dice = dice;
        this.machines = machines;
        this.network = network;
        this.configs = configs;
        this.lives = new int[machines.size()];
        this.variants = new int[machines.size()];
        this.egressBroken = new boolean[machines.size()];
        this.stopping = new boolean[machines.size()];
    }

    /** How many nodes there are. */
    public int count() {
        return machines.size();
    }

    /** The nodes that have stopped in order and were not started again, as bits. */
    int left() {
        return left;
    }

    /** Starts the process on what the disk holds. */
    public void start(int node) {
        Machine machine = machines.get(node);
        if (machine.life() != null) {
            return;
        }
        machine.on(true);
        machine.resume();
        stopping[node] = false;
        left &= ~(1 << node);
        lives[node]++;
        Life life = new Life(world, machine, lives[node], dice.generator(), network);
        machine.life(life);
        life.begin(configs.variant(variants[node]));
        world.interfere("n" + (node + 1) + "." + lives[node] + " starts" + (machine.disk() == null ? " empty" : ""));
    }

    /** Kills the process; the machine goes on. */
    public void kill(int node) {
        end(node, true, "is killed");
    }

    /** The machine loses power: nothing answers there until the node is started. */
    public void powerOff(int node) {
        end(node, false, "loses power");
    }

    private void end(int node, boolean power, String how) {
        Machine machine = machines.get(node);
        Life life = machine.life();
        if (life == null) {
            return;
        }
        machine.on(power);
        machine.life(null);
        MemoryStorage left = life.die(power, dice);
        machine.disk(left);
        machine.resume();
        world.interfere("n" + (node + 1) + "." + life.number() + " " + how);
    }

    /** Stops the process as on SIGTERM. */
    public void stop(int node) {
        Life life = machines.get(node).life();
        if (life == null || stopping[node]) {
            return;
        }
        stopping[node] = true;
        world.interfere("n" + (node + 1) + "." + life.number() + " is told to stop");
        life.stop(() -> {
            if (life.equals(machines.get(node).life())) {
                left |= 1 << node;
                end(node, true, "has stopped");
            }
        });
    }

    /** Empties the disk of a node that does not run. */
    public void wipe(int node) {
        if (machines.get(node).life() == null) {
            machines.get(node).disk(null);
            world.diskLost(node, 0);
        }
    }

    /** Makes a backup of the disk of a node that runs. */
    public void backUp(int node) {
        Life life = machines.get(node).life();
        if (life != null) {
            machines.get(node).backUp(life.backup());
            world.interfere("n" + (node + 1) + " is backed up");
        }
    }

    /** Gives a node that does not run the disk that it had when it was backed up. */
    public void restore(int node) {
        Machine machine = machines.get(node);
        if (machine.life() == null && machine.hasBackup()) {
            world.diskLost(node, machine.restore());
        }
    }

    /**
     * Sets a node's wall clock.
     *
     * @param part of the greatest offset that clocks have in this world, from -1 to 1
     */
    public void setClock(int node, double part) {
        long millis = Math.round(part * world.settings().wallSkewMillis());
        long step = machines.get(node).setClock(millis * 1_000_000);
        world.clockSet(node, step);
    }

    /**
     * The process stands still.
     *
     * @param suspend whether the machine's monotonic clock does too
     */
    public void pause(int node, boolean suspend) {
        Machine machine = machines.get(node);
        if (machine.life() != null && !machine.paused()) {
            machine.pause(suspend);
            world.interfere("n" + (node + 1) + (suspend ? " is suspended" : " is paused"));
        }
    }

    /** The process runs on. */
    public void resume(int node) {
        Machine machine = machines.get(node);
        if (machine.paused()) {
            machine.resume();
            world.interfere("n" + (node + 1) + " runs on");
        }
    }

    /** Nothing gets from one node to another, in this direction. */
    public void cut(int from, int to) {
        network.link(from, to, network.link(from, to).cut(true));
        world.interfere("cut n" + (from + 1) + " -> n" + (to + 1));
    }

    /** Separates the nodes whose bit is set from the others. */
    public void split(int side) {
        for (int i = 0; i < machines.size(); i++) {
            for (int j = 0; j < machines.size(); j++) {
                if ((side >>> i & 1) != (side >>> j & 1)) {
                    network.link(i, j, network.link(i, j).cut(true));
                }
            }
        }
        world.interfere("split " + Integer.toBinaryString(side) + " from the others");
    }

    /** Changes how messages fare from one node to another. */
    public void link(int from, int to, Link link) {
        network.link(from, to, link);
        world.interfere("n" + (from + 1) + " -> n" + (to + 1) + " " + link);
    }

    /** Half of what the node says is nonsense from now on, by dice of this seed. */
    public void garble(int node, long seed) {
        network.garble(node, new Garbler(new Dice(seed)));
        world.interfere("n" + (node + 1) + " talks nonsense");
    }

    /** What the node says is what it means again. */
    public void talkSense(int node) {
        network.garble(node, null);
        world.interfere("n" + (node + 1) + " talks sense");
    }

    /** All ways are good again. */
    public void heal() {
        for (int i = 0; i < machines.size(); i++) {
            for (int j = 0; j < machines.size(); j++) {
                network.link(i, j, Link.GOOD);
            }
        }
        Arrays.fill(egressBroken, false);
        world.sendersReachAll();
        world.interfere("all ways are good");
    }

    /** Whether the node reaches receivers. */
    public void egress(int node, boolean works) {
        egressBroken[node] = !works;
        world.interfere("n" + (node + 1) + (works ? " reaches" : " does not reach") + " the receivers");
    }

    boolean egressBroken(int node) {
        return egressBroken[node];
    }

    /** Puts the configuration with this number in force, now and after restarts. */
    public void reload(int node, int variant) {
        variants[node] = variant;
        Life life = machines.get(node).life();
        if (life != null) {
            world.interfere("n" + (node + 1) + " loads configuration " + variant);
            life.loop().arrive(() -> life.configure(configs.variant(variant)));
        }
    }

    /** Everything is well again: all nodes run, with one configuration, and reach each other and the receivers. */
    public void repair() {
        heal();
        for (int i = 0; i < machines.size(); i++) {
            resume(i);
            if (machines.get(i).life() == null) {
                start(i);
            }
            if (variants[i] != variants[0]) {
                reload(i, variants[0]);
            }
        }
        for (int i = 0; i < SimConfigs.RECEIVERS; i++) {
            world.mood(i, Mood.GOOD);
        }
    }
}
