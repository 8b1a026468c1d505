package dev.tocsin.app.demo;

import dev.tocsin.app.StartupException;
import dev.tocsin.cluster.protocol.Rendezvous;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Some processes that act as one hub. Immutable but for what each of them guards. */
final class NodeProcesses implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient client;
    private final List<NodeProcess> nodes;

    private NodeProcesses(HttpClient client, List<NodeProcess> nodes) {
        this.client = client;
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Processes that do not run yet: n1, n2 and so on.
     *
     * @param folder each gets a folder of its own below it
     * @param config what they all are configured with
     * @param webPorts one for each node
     */
    static NodeProcesses prepare(HttpClient client, Path folder, String config, List<Integer> webPorts)
            throws IOException {
        Path file = Files.writeString(folder.resolve("alertmanager.yml"), config);
        List<Integer> clusterPorts = FreePorts.find(webPorts.size(), webPorts, new SplittableRandom());
        List<NodeProcess> nodes = new ArrayList<>();
        for (int i = 0; i < webPorts.size(); i++) {
            String name = "n" + (i + 1);
            String web = "127.0.0.1:" + webPorts.get(i);
            List<String> flags = new ArrayList<>(List.of(
                    "--config.file=" + file,
                    "--storage.path=" + folder.resolve(name),
                    "--web.listen-address=" + web,
                    "--web.external-url=http://" + web,
                    "--grpc.listen-address=",
                    "--cluster.listen-address=127.0.0.1:" + clusterPorts.get(i),
                    "--cluster.peer-name=" + name));
            for (int port : clusterPorts) {
                if (port != clusterPorts.get(i)) {
                    flags.add("--cluster.peer=127.0.0.1:" + port);
                }
            }
            nodes.add(new NodeProcess(
                    name, "http://" + web, folder.resolve(name + ".log"), JavaCommand.node(List.copyOf(flags))));
        }
        return new NodeProcesses(client, nodes);
    }

    /** All of them, running or not. */
    List<NodeProcess> all() {
        return nodes;
    }

    /**
     * Starts all and waits until each is ready.
     *
     * @throws StartupException if one ends instead
     */
    void start() throws IOException, StartupException, InterruptedException {
        for (NodeProcess node : nodes) {
            if (!node.start()) {
                throw new StartupException("the demonstration is over");
            }
        }
        for (NodeProcess node : nodes) {
            awaitReady(node);
        }
    }

    /**
     * Waits until it is ready.
     *
     * @throws StartupException if it ends instead, or takes too long
     */
    void awaitReady(NodeProcess node) throws StartupException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!node.ready(client)) {
            if (!node.alive()) {
                throw new StartupException(node.name() + " does not start", node.lastWords());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new StartupException(
                        node.name() + " is not ready after " + PATIENCE.toSeconds() + " s", node.lastWords());
            }
            Thread.sleep(POLL);
        }
    }

    /** The node that tells of this group: the best-ranked one. All must be ready. */
    NodeProcess first(String groupKey) {
        String name = Rendezvous.rank(nodes.stream().map(NodeProcess::name).toList(), groupKey)
                .getFirst();
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Kills all. */
    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
    }
}
