package dev.tocsin.it.cluster;

import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.GrpcAddress;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;

/**
 * What happens to a client whose node is killed: it reads a stream of {@code T} of one node of three, that node dies, what
 * was on its way is read, and it goes on at the next. One thread.
 */
abstract class KilledWatch<T> {
    /** How often a node is killed. */
    static final int KILLS = Integer.getInteger("watch.kills", 5);

    /** Three nodes that serve gRPC; nothing runs yet. */
    static HubCluster cluster(Path folder) {
        return new HubCluster(
                Flavor.TOCSIN,
                new Place.Loopback(),
                folder,
                Configs.SILENT,
                3,
                node -> Map.of(),
                "--grpc.listen-address=127.0.0.1:0");
    }

    /** To be shut down by the caller. */
    static ManagedChannel channel(HubCluster cluster, int node) {
        return NettyChannelBuilder.forAddress("127.0.0.1", GrpcAddress.port(cluster.node(node)))
                .usePlaintext()
                .build();
    }

    /** Begins where the client's last stream ended. */
    abstract Iterator<T> watch(ManagedChannel channel);

    /** The client reads a message. */
    abstract void take(T message);

    /** What happens while {@code victim} lives; reads some of the stream. */
    abstract void alive(HubCluster cluster, int victim, ManagedChannel channel, Iterator<T> stream);

    /** What happens while {@code victim} is dead. */
    abstract void dead(HubCluster cluster, int victim);

    /** Kills {@link #KILLS} times, each time the next node; all live in the end. */
    final void killAll(HubCluster cluster) {
        for (int kill = 0; kill < KILLS; kill++) {
            int victim = kill % 3;
            ManagedChannel channel = channel(cluster, victim);
            try {
                Iterator<T> stream = watch(channel);
                alive(cluster, victim, channel, stream);
                cluster.kill(victim);
                drain(stream);
            } finally {
                channel.shutdownNow();
            }
            dead(cluster, victim);
            cluster.start(victim);
        }
    }

    /** What was on its way when the node died. */
    private void drain(Iterator<T> stream) {
        try {
            while (stream.hasNext()) {
                take(stream.next());
            }
        } catch (StatusRuntimeException e) {
            // the node is dead
        }
    }
}
