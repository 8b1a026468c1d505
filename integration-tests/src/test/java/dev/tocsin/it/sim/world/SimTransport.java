package dev.tocsin.it.sim.world;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.protocol.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One node's end of the simulated network. */
final class SimTransport implements Transport {
    private static final Duration ATTEMPT = Duration.ofMillis(250);

    private final Network network;
    private final LifeLoop loop;
    private final int node;
    private final int nodes;
    private @Nullable Listener listener;

    SimTransport(Network network, LifeLoop loop, int node, int nodes) {
        this.network = network;
        this.loop = loop;
        this.node = node;
        this.nodes = nodes;
    }

    @Override
    public void start(Listener heard) {
        listener = heard;
        network.began(node);
        tend();
    }

    private void tend() {
        if (listener == null) {
            return;
        }
        for (int peer = 0; peer < nodes; peer++) {
            if (peer != node) {
                network.tend(node, peer);
            }
        }
        loop.schedule(ATTEMPT, this::tend);
    }

    boolean listening() {
        return listener != null && !loop.dead();
    }

    /** Lets the listener hear of something. */
    void hear(Consumer<Listener> what) {
        loop.arrive(() -> {
            Listener current = listener;
            if (current != null) {
                what.accept(current);
            }
        });
    }

    @Override
    public boolean send(String peer, Envelope message) {
        return listener != null && network.send(node, index(peer), message);
    }

    private static int index(String name) {
        return Integer.parseInt(name.substring(1)) - 1;
    }

    @Override
    public List<Peer> peers() {
        List<Peer> peers = new ArrayList<>();
        for (int peer = 0; peer < nodes; peer++) {
            if (peer != node) {
                peers.add(new Peer("n" + (peer + 1), "192.0.2." + (peer + 1) + ":9094"));
            }
        }
        return peers;
    }

    @Override
    public void close() {
        listener = null;
        network.died(node);
    }
}
