package dev.tocsin.it.sim.world;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.protocol.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The network between the nodes: a connection for each pair, which breaks when nothing was heard for a while, and links
 * that can be bad in one direction only. What is sent into a cut waits in the sender's system and arrives if the cut ends
 * before the connection breaks, as with TCP.
 */
final class Network {
    private static final long MILLI = 1_000_000;
    private static final long SILENCE = 3_000 * MILLI;
    private static final long CONNECT_TIMEOUT = 1_000 * MILLI;
    private static final int MAX_STALLED = 4_096;

    private static final class Side {
        boolean open;
        boolean attempting;
        long heardAt;
        long lastArrival;
        final List<Envelope> stalled = new ArrayList<>();
    }

    private final SimTime time;
    private final Dice dice;
    private final List<Machine> machines;
    private final Link[][] links;
    private final Side[][] sides;
    private final long[][] epochs;
    private final @Nullable Garbler[] garblers;
    private final Meeting met;

    /** Hears of each new connection. */
    interface Meeting {
        void met(int one, int other);
    }

    Network(SimTime time, Dice dice, List<Machine> machines, Meeting met) {
        this.time = time;
        this.dice = dice;
        this.machines = machines;
        this.met = met;
        int size = machines.size();
        this.links = new Link[size][size];
        this.sides = new Side[size][size];
        this.epochs = new long[size][size];
        this.garblers = new Garbler[size];
        for (int i = 0; i < size; i++) {
            Arrays.fill(links[i], Link.GOOD);
            Arrays.setAll(sides[i], ignored -> new Side());
        }
    }

    /** How messages fare from {@code from} to {@code to}. */
    Link link(int from, int to) {
        return links[from][to];
    }

    /** Changes how messages fare; what waited goes on if the way is free again. */
    void link(int from, int to, Link link) {
        links[from][to] = link;
        Side side = sides[from][to];
        if (!link.cut() && !side.stalled.isEmpty()) {
            List<Envelope> late = new ArrayList<>(side.stalled);
            side.stalled.clear();
            for (Envelope message : late) {
                carry(from, to, message);
            }
        }
    }

    /** Lets what a node says be nonsense, now and then; null to let it say what it wants to. */
    void garble(int from, @Nullable Garbler garbler) {
        garblers[from] = garbler;
    }

    private long epoch(int a, int b) {
        return epochs[Math.min(a, b)][Math.max(a, b)];
    }

    private long delay(int from, int to) {
        Link link = links[from][to];
        return dice.millis(link.lowMillis(), link.highMillis());
    }

    /** Looks after the connection of {@code me} to {@code peer}, as a node does again and again. */
    void tend(int me, int peer) {
        Side side = sides[me][peer];
        if (side.open) {
            if (time.now() - side.heardAt > SILENCE) {
                close(me, peer);
            }
            return;
        }
        if (side.attempting) {
            return;
        }
        side.attempting = true;
        Machine other = machines.get(peer);
        if (links[me][peer].cut() || links[peer][me].cut() || !other.on() || other.paused()) {
            Life mine = machines.get(me).life();
            time.in(CONNECT_TIMEOUT, () -> failed(mine, me, peer, listener -> listener.unanswered(other(peer))));
            return;
        }
        long there = delay(me, peer);
        long back = delay(peer, me);
        time.in(there, () -> attempted(me, peer, back));
    }

    private void failed(@Nullable Life mine, int me, int peer, Consumer<Transport.Listener> how) {
        sides[me][peer].attempting = false;
        if (mine != null && !sides[me][peer].open) {
            mine.transport().hear(how);
        }
    }

    private void attempted(int me, int peer, long back) {
        Life mine = machines.get(me).life();
        Life other = machines.get(peer).life();
        if (mine == null || sides[me][peer].open || machines.get(peer).paused()) {
            sides[me][peer].attempting = false;
            return;
        }
        if (other == null || !other.transport().listening()) {
            time.in(back, () -> failed(mine, me, peer, listener -> listener.refused(other(peer))));
            return;
        }
        sides[me][peer].attempting = false;
        epochs[Math.min(me, peer)][Math.max(me, peer)]++;
        open(me, peer);
        open(peer, me);
        met.met(me, peer);
        time.in(back, () -> mine.transport().hear(listener -> listener.connected(other(peer))));
        time.in(back, () -> other.transport().hear(listener -> listener.connected(other(me))));
    }

    private String other(int node) {
        return machines.get(node).name();
    }

    private void open(int me, int peer) {
        Side side = sides[me][peer];
        side.open = true;
        side.heardAt = time.now();
        side.lastArrival = 0;
        side.stalled.clear();
    }

    private void close(int me, int peer) {
        Side mine = sides[me][peer];
        if (!mine.open) {
            return;
        }
        mine.open = false;
        mine.stalled.clear();
        Life life = machines.get(me).life();
        if (life != null) {
            life.transport().hear(listener -> listener.disconnected(other(peer)));
        }
        if (!links[me][peer].cut()) {
            long epoch = epoch(me, peer);
            time.in(delay(me, peer), () -> {
                if (epoch(me, peer) == epoch) {
                    close(peer, me);
                }
            });
        }
    }

    /** A new process on {@code node} begins to look for peers. */
    void began(int node) {
        for (Side side : sides[node]) {
            side.attempting = false;
        }
    }

    /** The process on {@code node} is gone. Its peers hear of it if its system still answers. */
    void died(int node) {
        for (int peer = 0; peer < machines.size(); peer++) {
            if (peer != node && sides[node][peer].open) {
                sides[node][peer].open = false;
                sides[node][peer].stalled.clear();
                if (machines.get(node).on() && !links[node][peer].cut()) {
                    tellOfDeath(node, peer);
                }
            }
        }
    }

    private void tellOfDeath(int node, int peer) {
        long epoch = epoch(node, peer);
        time.in(delay(node, peer), () -> {
            if (epoch(node, peer) == epoch) {
                close(peer, node);
            }
        });
    }

    /** Sends a message. Returns whether there is a connection. */
    boolean send(int from, int to, Envelope message) {
        Garbler garbler = garblers[from];
        return deliver(from, to, garbler == null ? message : garbler.instead(message));
    }

    private boolean deliver(int from, int to, Envelope message) {
        Side side = sides[from][to];
        if (!side.open) {
            return false;
        }
        Link link = links[from][to];
        if (link.cut()) {
            if (side.stalled.size() >= MAX_STALLED) {
                return false;
            }
            side.stalled.add(message);
            return true;
        }
        if (link.loss() > 0 && dice.chance(link.loss())) {
            return true;
        }
        carry(from, to, message);
        if (link.duplicate() > 0 && dice.chance(link.duplicate())) {
            carry(from, to, message);
        }
        return true;
    }

    private void carry(int from, int to, Envelope message) {
        Side receiving = sides[to][from];
        long arrival = time.now() + delay(from, to);
        if (!links[from][to].reorder()) {
            arrival = Math.max(arrival, receiving.lastArrival);
            receiving.lastArrival = arrival;
        }
        long epoch = epoch(from, to);
        time.in(arrival - time.now(), () -> {
            Life life = machines.get(to).life();
            if (life != null && receiving.open && epoch(from, to) == epoch) {
                receiving.heardAt = time.now();
                life.transport().hear(listener -> listener.received(other(from), message));
            }
        });
    }
}
