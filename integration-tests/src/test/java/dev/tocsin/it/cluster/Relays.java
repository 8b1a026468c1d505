package dev.tocsin.it.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Nodes on loopback each of which reaches each other one through a relay of this process: a network that can be divided
 * where the kernel allows no namespaces. What a node advertises leads nowhere, so that there is no way around the relays.
 * For Tocsin only: the real Alertmanager also needs UDP.
 */
final class Relays implements Place.Local, Place.Divisible {
    private static final int UNANSWERED = 50;

    private final int size;
    private final List<ServerSocket> deadEnds = new ArrayList<>();
    private final List<Relay> relays = new ArrayList<>();

    /** Opens the ports that nodes dial; each node's own comes with {@link #clusterFlags}. */
    Relays(int size) {
        this.size = size;
        try {
            for (int from = 0; from < size; from++) {
                deadEnds.add(new ServerSocket(0, UNANSWERED, InetAddress.getLoopbackAddress()));
                for (int to = 0; to < size; to++) {
                    relays.add(new Relay());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one by which {@code from} dials {@code to}; as every node sends on its own connections, it also tells. */
    Relay between(int from, int to) {
        return relays.get(from * size + to);
    }

    /** How long each piece of what nodes send each other is held back from now on. */
    void delay(Duration each) {
        relays.forEach(relay -> relay.delay(each));
    }

    private void eachOf(int node, Consumer<Relay> action) {
        for (int other = 0; other < size; other++) {
            if (other != node) {
                action.accept(between(node, other));
                action.accept(between(other, node));
            }
        }
    }

    /** Breaks the node's connections with the others; they can be made again. */
    void reset(int node) {
        eachOf(node, Relay::reset);
    }

    @Override
    public void cut(int node) {
        eachOf(node, relay -> relay.hold(true));
    }

    @Override
    public void heal(int node) {
        eachOf(node, relay -> relay.hold(false));
    }

    @Override
    public List<String> clusterFlags(int node, List<Integer> ports) {
        List<String> flags = new ArrayList<>();
        flags.add("--cluster.listen-address=127.0.0.1:" + ports.get(node));
        flags.add("--cluster.advertise-address=127.0.0.1:" + deadEnds.get(node).getLocalPort());
        for (int peer = 0; peer < size; peer++) {
            if (peer != node) {
                Relay relay = between(node, peer);
                relay.leadTo(ports.get(peer));
                flags.add("--cluster.peer=127.0.0.1:" + relay.port());
            }
        }
        return flags;
    }

    @Override
    public void close() {
        relays.forEach(Relay::close);
        for (ServerSocket deadEnd : deadEnds) {
            try {
                deadEnd.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
