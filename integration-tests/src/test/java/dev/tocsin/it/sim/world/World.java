package dev.tocsin.it.sim.world;

import dev.tocsin.core.hub.HubNode;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.PostedAlert;
import dev.tocsin.core.journal.ClusterJournal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.History;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.history.Topology;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is: nodes on their machines, the network between them, those who send alerts to them, those who are
 * notified, and what really is the matter. One thread; the same seed makes the same history.
 */
public final class World {
    private static final long MILLI = 1_000_000;
    private static final long MAX_EVENTS = 600_000;
    /** A push that another node has sent may be on its way when this one answers. */
    private static final long ON_THE_WAY = 5 * MILLI;

    private static final long LOOK = 250 * MILLI;
    private static final double MAX_DRIFT = 0.002;

    private final Settings settings;
    private final SimTime time = new SimTime(MAX_EVENTS);
    private final History history = new History();
    private final Dice dice;
    private final Truth truth;
    private final SimConfigs configs;
    private final List<Machine> machines = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final Network network;
    private final Nodes control;
    private final SilenceClient silences;
    private int posts;
    private int unreached;
    private int requests;
    private @Nullable Topology seen;
    private @Nullable Consumer<Request> whenAccepted;

    /** A world in which no node runs yet. */
    public World(long seed, Settings settings) {
        this.settings = settings;
        this.dice = new Dice(seed);
        this.truth = new Truth(settings.alerts(), settings.groups());
        this.configs = new SimConfigs(settings);
        for (int i = 0; i < settings.nodes(); i++) {
            long offset = dice.millis(-settings.wallSkewMillis(), settings.wallSkewMillis());
            double rate = 1 + dice.millis(-1, 1) / 1e6 * MAX_DRIFT;
            machines.add(new Machine(time, dice.split(), i, offset, rate));
        }
        for (int i = 0; i < SimConfigs.RECEIVERS; i++) {
            receivers.add(new Receiver(time, dice.split(), history, this::accepted));
        }
        this.network = new Network(
                time, dice.split(), machines, (one, other) -> history.add(new Happening.Met(time.now(), one, other)));
        this.control = new Nodes(this, dice.split(), machines, network, configs);
        for (int i = 0; i < settings.senders(); i++) {
            long offset = dice.millis(-settings.senderSkewMillis(), settings.senderSkewMillis());
            long resend = settings.resendMillis() * MILLI;
            new Prometheus(this, dice.split(), i, offset, dice.millis(900, 2_500), resend, settings.toAll()).start();
        }
        this.silences = new SilenceClient(this, dice.split());
        time.in(0, this::look);
    }

    SimTime time() {
        return time;
    }

    Truth truth() {
        return truth;
    }

    int nodes() {
        return machines.size();
    }

    Settings settings() {
        return settings;
    }

    Machine machine(int node) {
        return machines.get(node);
    }

    /** What has happened so far. */
    public History history() {
        return history;
    }

    /** What can be done to the nodes. */
    public Nodes control() {
        return control;
    }

    /** How many events the run took. */
    public long events() {
        return time.ran();
    }

    /** The alerts that really fire, as bits. */
    public long firing() {
        return truth.firing();
    }

    /** True time in nanoseconds. */
    public long now() {
        return time.now();
    }

    /** Lets {@code action} happen at a time, in milliseconds from the beginning. */
    public void at(long millis, Runnable action) {
        time.in(millis * MILLI - time.now(), action);
    }

    /** Lets everything happen until a time, in milliseconds from the beginning. */
    public void runUntil(long millis) {
        if (!time.runUntil(millis * MILLI)) {
            history.add(new Happening.Broke(time.now(), 0, "more than " + MAX_EVENTS + " events: something spins"));
        }
    }

    /** An alert begins to fire, or ends. */
    public void flip(int alert) {
        truth.flip(alert);
        interfere("a" + alert + (truth.fires(alert) ? " fires" : " is over"));
    }

    /** A receiver changes its mood. */
    public void mood(int receiver, Mood mood) {
        receivers.get(receiver).mood(mood);
        interfere("receiver " + receiver + " " + mood);
    }

    /** Senders reach the nodes whose bit is set, and no others. */
    public void sendersReach(int nodes) {
        unreached = ~nodes;
        interfere("senders reach " + Integer.toBinaryString(nodes & (1 << machines.size()) - 1));
    }

    void sendersReachAll() {
        unreached = 0;
    }

    /** Somebody asks the hub of a node something, unless nothing runs there. */
    public void ask(int node, Consumer<HubNode> question) {
        Life life = machines.get(node).life();
        if (life != null) {
            life.loop().arrive(() -> question.accept(life.hub()));
        }
    }

    /** Somebody asks a node for the journals of all, unless nothing runs there. */
    public void read(int node, Consumer<ClusterJournal> question) {
        Life life = machines.get(node).life();
        if (life != null) {
            life.loop().arrive(() -> question.accept(life.history()));
        }
    }

    /** The labels of an alert. */
    public LabelSet labels(int alert) {
        return truth.labels(alert);
    }

    /** Lets something happen at the instant at which the next request is accepted. */
    public void onceAccepted(Consumer<Request> action) {
        whenAccepted = action;
    }

    private void accepted(Request request) {
        Consumer<Request> action = whenAccepted;
        if (action != null) {
            whenAccepted = null;
            action.accept(request);
        }
    }

    /** Somebody edits the silence of the silenced alert. */
    public void editSilence() {
        silences.edit();
    }

    /** Writes down what every node that runs knows of the silences. */
    public void inspectSilences() {
        silences.inspect();
    }

    /** Writes down how often every node that runs had to ask others what became of a due group. */
    public void inspectTurns() {
        for (Machine machine : machines) {
            Life life = machine.life();
            if (life != null) {
                history.add(new Happening.Nudges(time.now(), machine.index(), life.nudges()));
            }
        }
    }

    void interfere(String what) {
        history.add(new Happening.Interference(time.now(), what));
        observe();
    }

    void clockSet(int node, long step) {
        history.add(new Happening.ClockSet(time.now(), node, step));
        observe();
    }

    void diskLost(int node, long since) {
        history.add(new Happening.DiskLost(time.now(), node, since));
        observe();
    }

    private void look() {
        observe();
        time.in(LOOK, this::look);
    }

    /** Writes down who can talk to whom if that has changed. */
    private void observe() {
        int[] reach = new int[machines.size()];
        int warm = 0;
        boolean clean = true;
        for (int i = 0; i < reach.length; i++) {
            Life life = machines.get(i).life();
            if (life == null || machines.get(i).paused()) {
                continue;
            }
            warm |= life.warm() ? 1 << i : 0;
            for (int j = 0; j < reach.length; j++) {
                clean &= network.link(i, j).equals(Link.GOOD)
                        || network.link(i, j).cut();
                boolean runs =
                        machines.get(j).life() != null && !machines.get(j).paused();
                if (runs && network.link(i, j).useful() && network.link(j, i).useful()) {
                    reach[i] |= 1 << j;
                }
            }
        }
        Topology now = new Topology(warm, clean, control.left(), reach);
        if (seen == null || !now.equals(seen)) {
            seen = now;
            history.add(new Happening.Reachable(time.now(), now));
        }
    }

    Consumer<Throwable> broken(int node) {
        return error -> {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            history.add(new Happening.Broke(
                    time.now(),
                    node,
                    String.join("\n", trace.toString().lines().limit(12).toList())));
        };
    }

    /** A sender posts to a node; {@code failed} runs if nothing answers there. */
    void post(
            String sender,
            AlertSource source,
            int node,
            long firing,
            long resolved,
            List<PostedAlert> batch,
            Runnable failed) {
        Happening.Posted post = new Happening.Posted(time.now(), posts++, sender, node, firing, resolved);
        history.add(post);
        Machine machine = machines.get(node);
        if ((unreached >>> node & 1) == 1) {
            time.in(dice.millis(0.4, 4), failed);
            return;
        }
        time.in(dice.millis(0.2, 2), () -> {
            Life life = machine.life();
            if (life == null) {
                time.in(dice.millis(0.2, 2), failed);
            } else {
                life.loop().arrive(() -> ingest(life, post, source, batch));
            }
        });
    }

    private void ingest(Life life, Happening.Posted post, AlertSource source, List<PostedAlert> batch) {
        long before = life.unreplicated();
        life.hub().ingest(batch, source).thenAccept(messages -> {
            if (!life.loop().dead()) {
                boolean unreplicated = life.unreplicated() > before;
                List<Integer> holders = holders(post.firing());
                time.in(ON_THE_WAY, () -> {
                    List<Integer> late = holders(post.firing());
                    for (int i = 0; i < late.size(); i++) {
                        late.set(i, late.get(i) | holders.get(i));
                    }
                    history.add(new Happening.PostAnswered(time.now(), post, late, unreplicated));
                });
            }
        });
    }

    /** For each of these alerts the nodes, as bits, whose store says that it fires; 0 for the others. */
    private List<Integer> holders(long firing) {
        List<Integer> holders = new ArrayList<>();
        for (int alert = 0; alert < truth.alerts(); alert++) {
            int nodes = 0;
            for (Machine machine : machines) {
                Life life = machine.life();
                if ((firing >>> alert & 1) == 1 && life != null && life.holds(truth.labels(alert))) {
                    nodes |= 1 << machine.index();
                }
            }
            holders.add(nodes);
        }
        return holders;
    }

    /** A node sends a request, from within work of its workers. */
    void request(Life life, int receiver, Request.Content content) {
        int node = life.machine().index();
        Request request = new Request(requests++, node, life.number(), content, time.now());
        life.workers().await(receivers.get(receiver).exchange(request, life.loop(), control.egressBroken(node)));
    }

    @Override
    public String toString() {
        return "world of " + settings + ", clocks "
                + Arrays.toString(machines.stream()
                        .mapToLong(machine -> machine.wallOffset() / MILLI)
                        .toArray());
    }
}
