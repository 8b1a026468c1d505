package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A network on virtual time: messages between each two nodes keep their order, take a while, and can be lost; links can
 * be cut in each direction, and a process that dies refuses connections. Deterministic. One thread.
 */
public final class MemoryNetwork {
    /** How often a node without connection tries again. */
    private static final Duration RETRY = Duration.ofMillis(250);

    private final VirtualTime time;
    private final RandomGenerator random;
    private final Map<String, Node> nodes = new TreeMap<>();
    private final Set<Link> cut = new HashSet<>();
    private final Map<Link, Duration> delays = new HashMap<>();
    private final List<String> configured = new ArrayList<>();
    private Duration delay = Duration.ofMillis(1);
    private UnaryOperator<Envelope> rewriting = UnaryOperator.identity();
    private double loss;
    private long sent;

    private record Link(String from, String to) {}

    /** An empty network. */
    public MemoryNetwork(VirtualTime time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /** Names that every transport lists as peers from the start. */
    public void configure(String... names) {
        configured.addAll(List.of(names));
    }

    /** A node's transport; a second one of the same name is the process after a restart. */
    public Transport join(String name) {
        Node node = new Node(name);
        nodes.put(name, node);
        return node;
    }

    /** All messages take this long from now on. */
    public void delay(Duration each) {
        delay = each;
    }

    /** Messages of one direction take this long from now on. */
    public void delay(String from, String to, Duration each) {
        delays.put(new Link(from, to), each);
    }

    /** This share of all messages, from 0 to 1, is lost from now on. */
    public void lose(double share) {
        loss = share;
    }

    /** Messages of one direction are lost from now on, without anybody noticing. */
    public void cut(String from, String to) {
        cut.add(new Link(from, to));
    }

    /** Messages between each of {@code side} and all others are lost from now on. */
    public void isolate(String... side) {
        Set<String> inside = Set.copyOf(List.of(side));
        for (String one : nodes.keySet()) {
            for (String other : nodes.keySet()) {
                if (inside.contains(one) != inside.contains(other)) {
                    cut(one, other);
                }
            }
        }
    }

    /** All links work again. */
    public void heal() {
        cut.clear();
    }

    /** The process dies: its connections break, its host refuses new ones. */
    public void kill(String name) {
        Node node = nodes.get(name);
        if (node != null) {
            node.die();
        }
    }

    /** What is sent arrives as this makes it from now on. */
    public void rewrite(UnaryOperator<Envelope> how) {
        rewriting = how;
    }

    /** How many messages were sent so far, lost ones included. */
    public long sent() {
        return sent;
    }

    private boolean open(String from, String to) {
        return !cut.contains(new Link(from, to));
    }

    private final class Node implements Transport {
        private final String name;
        private final Map<String, Long> arrivals = new HashMap<>();
        private final Set<String> connections = new HashSet<>();
        private @Nullable Listener listener;
        private Cancellable timer = Cancellable.NONE;
        private boolean dead;

        Node(String name) {
            this.name = name;
        }

        @Override
        public void start(Listener hears) {
            listener = hears;
            attempt();
        }

        private void attempt() {
            if (dead) {
                return;
            }
            for (Peer peer : peers()) {
                noticeDeath(peer.name());
                if (!connections.contains(peer.name())) {
                    attempt(peer.name());
                }
            }
            timer = time.schedule(RETRY, this::attempt);
        }

        /** What died behind a cut is noticed when the link works again. */
        private void noticeDeath(String peer) {
            Node other = nodes.get(peer);
            if (other != null && other.dead && listener != null && open(peer, name) && connections.remove(peer)) {
                listener.disconnected(peer);
            }
        }

        private void attempt(String peer) {
            Node other = nodes.get(peer);
            if (!open(name, peer) || !open(peer, name) || other == null || listener == null) {
                return;
            }
            if (other.dead) {
                listener.refused(peer);
            } else if (other.listener != null) {
                connect(other);
                other.connect(this);
            }
        }

        private void connect(Node other) {
            connections.add(other.name);
            if (listener != null) {
                listener.connected(other.name);
            }
        }

        private void die() {
            dead = true;
            timer.cancel();
            for (Node other : nodes.values()) {
                if (other != this && open(name, other.name) && other.connections.remove(name)) {
                    time.schedule(delay, () -> {
                        if (!other.dead && other.listener != null && !other.connections.contains(name)) {
                            other.listener.disconnected(name);
                            other.attempt(name);
                        }
                    });
                }
            }
            connections.clear();
        }

        @Override
        public boolean send(String peer, Envelope message) {
            sent++;
            Node other = nodes.get(peer);
            if (dead || other == null || !connections.contains(peer)) {
                return false;
            }
            if (!open(name, peer) || (loss > 0 && random.nextDouble() < loss)) {
                return true;
            }
            Envelope arriving = rewriting.apply(message);
            long takes = delays.getOrDefault(new Link(name, peer), delay).toNanos();
            long arrival = Math.max(time.nanoTime() + takes, arrivals.getOrDefault(peer, 0L));
            arrivals.put(peer, arrival);
            time.schedule(Duration.ofNanos(arrival - time.nanoTime()), () -> {
                if (!other.dead && other.listener != null && open(name, peer) && other.connections.contains(name)) {
                    other.listener.received(name, arriving);
                }
            });
            return true;
        }

        @Override
        public List<Peer> peers() {
            Set<String> names = new HashSet<>(configured);
            names.addAll(nodes.keySet());
            names.remove(name);
            return names.stream()
                    .sorted()
                    .map(peer -> new Peer(peer, peer + ":9094"))
                    .toList();
        }

        @Override
        public void close() {
            die();
        }
    }
}
