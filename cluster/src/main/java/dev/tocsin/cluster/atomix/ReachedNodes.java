package dev.tocsin.cluster.atomix;

import io.atomix.cluster.BootstrapService;
import io.atomix.cluster.Node;
import io.atomix.cluster.NodeConfig;
import io.atomix.cluster.discovery.NodeDiscoveryConfig;
import io.atomix.cluster.discovery.NodeDiscoveryEvent;
import io.atomix.cluster.discovery.NodeDiscoveryEventListener;
import io.atomix.cluster.discovery.NodeDiscoveryProvider;
import io.atomix.utils.event.AbstractListenerManager;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells Atomix which nodes exist: those that our connections have reached. They stay until they are forgotten, so that a
 * node that was cut off is probed and taken back. Safe for all threads.
 */
final class ReachedNodes extends AbstractListenerManager<NodeDiscoveryEvent, NodeDiscoveryEventListener>
        implements NodeDiscoveryProvider {
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();
    private final NodeDiscoveryConfig config = new Config(this);

    /** A node can be probed, perhaps again. Blocks while its first probe is prepared. */
    void reached(String name) {
        Node node = new Node(new NodeConfig()
                .setId(name)
                .setHost(Names.address(name).host())
                .setPort(Names.address(name).port()));
        nodes.put(name, node);
        post(new NodeDiscoveryEvent(NodeDiscoveryEvent.Type.JOIN, node));
    }

    /** A node need not be looked for any more. */
    void forget(String name) {
        Node node = nodes.remove(name);
        if (node != null) {
            post(new NodeDiscoveryEvent(NodeDiscoveryEvent.Type.LEAVE, node));
        }
    }

    @Override
    public Set<Node> getNodes() {
        return Set.copyOf(nodes.values());
    }

    @Override
    public CompletableFuture<Void> join(BootstrapService bootstrap, Node localNode) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> leave(Node localNode) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public NodeDiscoveryConfig config() {
        return config;
    }

    /** Atomix makes its provider from a configuration; this one already has it. */
    private static final class Config extends NodeDiscoveryConfig {
        private final ReachedNodes provider;

        Config(ReachedNodes provider) {
            this.provider = provider;
        }

        @Override
        public NodeDiscoveryProvider.Type<?> getType() {
            return new Type(this);
        }
    }

    private record Type(Config config) implements NodeDiscoveryProvider.Type<Config> {
        @Override
        public String name() {
            return "reached";
        }

        @Override
        public Config newConfig() {
            return config;
        }

        @Override
        public NodeDiscoveryProvider newProvider(Config ignored) {
            return config.provider;
        }
    }
}
