package dev.tocsin.cluster.atomix;

import com.esotericsoftware.minlog.Log;
import io.atomix.cluster.AtomixCluster;
import io.atomix.cluster.ClusterConfig;
import io.atomix.cluster.MemberConfig;
import io.atomix.cluster.protocol.SwimMembershipProtocolConfig;
import io.atomix.utils.Version;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Atomix with tuned SWIM on our connections, without the services that nobody uses. Thread-safe as Atomix is. */
final class SwimCluster extends AtomixCluster {
    private static final int FANOUT = 3;
    private static final int SUSPECT_PROBES = 2;

    private SwimCluster(ClusterConfig config, Version run, LinkMessaging messaging, LinkGossip gossip) {
        super(config, run, messaging, gossip, new NoBroadcast());
    }

    /**
     * A cluster that is not started. Loads many classes: not for the hub loop.
     *
     * @param address where others connect, {@code ip:port}
     */
    static SwimCluster of(
            String name,
            String address,
            SwimTimings timings,
            ReachedNodes nodes,
            LinkMessaging messaging,
            LinkGossip gossip,
            RandomGenerator random) {
        Log.NONE(); // Kryo's own log: it writes what a peer sent, line by line, to the standard output
        MemberConfig self = new MemberConfig();
        self.setId(name);
        self.setHost(Names.address(name).host());
        self.setPort(Names.address(name).port());
        self.setProperty(Names.REAL_ADDRESS, address);
        ClusterConfig config = new ClusterConfig()
                .setClusterId("tocsin")
                .setNodeConfig(self)
                .setDiscoveryConfig(nodes.config())
                .setProtocolConfig(new SwimMembershipProtocolConfig()
                        .setGossipInterval(timings.gossip())
                        .setGossipFanout(FANOUT)
                        .setProbeInterval(timings.probe())
                        .setProbeTimeout(timings.probeTimeout())
                        .setSuspectProbes(SUSPECT_PROBES)
                        .setFailureTimeout(timings.failure())
                        .setBroadcastUpdates(true));
        return new SwimCluster(config, anyVersion(random), messaging, gossip);
    }

    /** SWIM replaces a member, with its address, only if it comes back with another version. */
    private static Version anyVersion(RandomGenerator random) {
        return Version.from(1, random.nextInt(Integer.MAX_VALUE), random.nextInt(Integer.MAX_VALUE), null);
    }

    @Override
    protected CompletableFuture<Void> startServices() {
        return messagingService
                .start()
                .thenCompose(started -> membershipService.start())
                .thenApply(started -> null);
    }

    @Override
    protected CompletableFuture<Void> stopServices() {
        return membershipService.stop().exceptionally(error -> null);
    }
}
