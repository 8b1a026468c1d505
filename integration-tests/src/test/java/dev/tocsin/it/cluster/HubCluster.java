package dev.tocsin.it.cluster;

import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.FreePorts;
import dev.tocsin.it.support.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Some hub processes on loopback that know each other. One thread tells it what to do; the list of live interfaces may be
 * read by all.
 */
public final class HubCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Flavor flavor;
    private final Place place;
    private final Path folder;
    private final String config;
    private final List<Integer> clusterPorts;
    private final List<Integer> webPorts;
    private final List<String> flags;
    private final @Nullable Node[] nodes;
    private final boolean[] paused;
    private final Map<Integer, List<Node>> gone = new TreeMap<>();

    /**
     * Chooses ports; nothing runs before {@link #startAll}.
     *
     * @param files to put beside the configuration of node 0, 1 …: names and contents
     */
    public HubCluster(
            Flavor flavor,
            Place place,
            Path folder,
            String config,
            int size,
            IntFunction<Map<String, String>> files,
            String... flags) {
        this.flavor = flavor;
        this.place = place;
        this.folder = folder;
        this.config = config;
        List<Integer> ports = FreePorts.some(2 * size);
        this.clusterPorts = ports.subList(0, size);
        this.webPorts = ports.subList(size, 2 * size);
        this.flags = List.of(flags);
        this.nodes = new Node[size];
        this.paused = new boolean[size];
        for (int node = 0; node < size; node++) {
            write(folder.resolve("n" + node), files.apply(node));
        }
    }

    private static void write(Path folder, Map<String, String> files) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many nodes it has, running or not. */
    public int size() {
        return nodes.length;
    }

    /** Starts all nodes that do not run, together, and waits until all are ready; returns how long that took. */
    public Duration startAll() {
        long begun = System.nanoTime();
        List<CompletableFuture<Void>> starts = IntStream.range(0, nodes.length)
                .filter(node -> nodes[node] == null)
                .mapToObj(node -> CompletableFuture.runAsync(() -> launch(node), Thread::startVirtualThread))
                .toList();
        starts.forEach(CompletableFuture::join);
        for (int node = 0; node < nodes.length; node++) {
            api(node).awaitReady(PATIENCE);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Starts one node and waits until it is ready. */
    public void start(int node) {
        launch(node);
        api(node).awaitReady(PATIENCE);
    }

    private void launch(int node) {
        List<String> all = new ArrayList<>(flags);
        all.add("--web.listen-address=" + place.webHost(node) + ":" + webPorts.get(node));
        all.addAll(place.clusterFlags(node, clusterPorts));
        if (flavor == Flavor.TOCSIN) {
            all.add("--cluster.peer-name=n" + node);
        }
        nodes[node] = flavor.launch(place.prefix(node), folder.resolve("n" + node), config, all.toArray(String[]::new));
    }

    /** The node's process and interface; it must have been started. */
    public Node node(int node) {
        Node running = nodes[node];
        if (running == null) {
            throw new IllegalStateException("node " + node + " does not run");
        }
        return running;
    }

    /** The node's interface. */
    public Api api(int node) {
        return node(node).api();
    }

    /** The addresses of all nodes, those that do not run included, as a sender's configuration lists them. */
    public List<Api> addresses() {
        return IntStream.range(0, nodes.length)
                .mapToObj(node -> new Api("http://" + place.webHost(node) + ":" + webPorts.get(node)))
                .toList();
    }

    /** The numbers of the nodes that run and are not stopped by a signal. */
    public List<Integer> live() {
        synchronized (paused) {
            return IntStream.range(0, nodes.length)
                    .filter(node -> nodes[node] != null && !paused[node])
                    .boxed()
                    .toList();
        }
    }

    /** Kills the process with SIGKILL. */
    public void kill(int node) {
        Node victim = node(node);
        forget(node);
        victim.process().killNine();
    }

    /** Ends the process with SIGTERM and waits. */
    public void stop(int node) {
        Node leaving = node(node);
        forget(node);
        leaving.stop();
        leaving.close();
    }

    /** What all processes of the node have written to standard error, oldest first. */
    public String errors(int node) {
        StringBuilder all = new StringBuilder();
        for (Node former : gone.getOrDefault(node, List.of())) {
            all.append(former.process().errors()).append('\n');
        }
        Node running = nodes[node];
        return running == null
                ? all.toString()
                : all.append(running.process().errors()).toString();
    }

    private void forget(int node) {
        gone.computeIfAbsent(node, number -> new ArrayList<>()).add(node(node));
        synchronized (paused) {
            nodes[node] = null;
            paused[node] = false;
        }
    }

    /** SIGSTOP. */
    public void pause(int node) {
        synchronized (paused) {
            paused[node] = true;
        }
        node(node).process().signal("STOP");
    }

    /** SIGCONT. */
    public void resume(int node) {
        node(node).process().signal("CONT");
        synchronized (paused) {
            paused[node] = false;
        }
    }

    @Override
    public void close() {
        for (Node node : nodes) {
            if (node != null) {
                node.close();
            }
        }
    }
}
