package dev.tocsin.app.demo;

import dev.tocsin.app.EmbeddedNode;
import dev.tocsin.app.StartupException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin demo}: a hub of three processes, a pager that prints, and a redundant pair that plays an outage. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Play an outage on a hub of three nodes.",
            "Starts the nodes, a pager that prints what it receives, and two senders that play a redundant Prometheus "
                    + "pair. Nothing is kept: the data lies in a temporary folder.",
            "Press k and Enter to have the node killed that is about to send."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int MOST_NODES = 7;

    @Option(
            names = "--port",
            defaultValue = "9093",
            description = "The first node's port, the others take free ones; 0 picks one. Default: ${DEFAULT-VALUE}.")
    private int port = 9093;

    @Option(
            names = "--nodes",
            defaultValue = "3",
            description = "How many nodes, 1 to " + MOST_NODES
                    + "; one runs in this process, several in their own. Default: ${DEFAULT-VALUE}.")
    private int nodes = 3;

    @Option(names = "--kill", description = "Kill the node that is about to send, half a second before it does.")
    private boolean kill;

    @Option(names = "--once", description = "End when the story is told, instead of leaving the hub open to look at.")
    private boolean once;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** For the command line library. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new ParameterException(spec.commandLine(), "--nodes is 1 to " + MOST_NODES + ", not " + nodes);
        }
        if (kill && nodes == 1) {
            throw new ParameterException(spec.commandLine(), "--kill needs two nodes or more: nobody could take over");
        }
        try (Ending ending = new Ending()) {
            return play(ending, System.out);
        } catch (StartupException e) {
            System.err.println("tocsin: error: " + e.getMessage() + (e.logged().isEmpty() ? "" : ": " + e.logged()));
            return 1;
        }
    }

    private int play(Ending ending, PrintStream out) throws IOException, InterruptedException, StartupException {
        Screen screen = new Screen(out);
        List<Integer> ports = new ArrayList<>(FreePorts.find(nodes, List.of(), new SplittableRandom()));
        if (port != 0) {
            ports.set(0, port);
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < nodes; i++) {
            names.put("http://127.0.0.1:" + ports.get(i), nodes == 1 ? "" : "n" + (i + 1));
        }
        List<String> urls = List.copyOf(names.keySet());
        TemporaryFolder folder = ending.add(new TemporaryFolder());
        Pager pager = ending.add(new Pager(screen, names));
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        ending.add(client::shutdownNow);
        Killer killer = null;
        if (nodes == 1) {
            ending.add(EmbeddedNode.start(folder.path(), Story.config(pager.url()), ports.getFirst()));
        } else {
            out.println("Starting " + nodes + " nodes, each a process of its own ...");
            NodeProcesses hub =
                    ending.add(NodeProcesses.prepare(client, folder.path(), Story.config(pager.url()), ports));
            hub.start();
            hub.all().forEach(node -> out.println("  " + node.name() + " is at " + node.url() + ", pid " + node.pid()));
            killer = new Killer(hub, pager, screen);
        }
        Sender first = ending.add(new Sender(client, urls, "a", Duration.ZERO));
        Sender second = ending.add(new Sender(client, urls, "b", Duration.ofMillis(400)));
        invite(out, urls.getFirst());
        screen.begin();
        Story.Turning turning = killer == null ? (groupKey, in) -> {} : killer;
        Story story = new Story(screen, client, urls, List.of(first, second), turning);
        if (killer != null) {
            Keyboard.listen(System.in, "k", killer::wish);
            if (kill) {
                killer.wish();
            }
        }
        story.play();
        out.println();
        out.println("Told: " + pager.pages() + " pages for an outage that two senders reported about every second"
                + (nodes == 1 ? "." : ", each to " + nodes + " nodes."));
        if (!once) {
            stay(out, story, killer);
        }
        return 0;
    }

    private static void invite(PrintStream out, String url) {
        out.println("The hub is at " + url + " - open it, or ask it:");
        out.println("  amtool --alertmanager.url=" + url + " alert query");
        out.println("  curl " + url + "/api/v2/alerts/groups");
        out.println("  curl " + url + "/metrics");
        out.println("The pager prints a line for each notification. The story takes 40 seconds.");
        out.println();
    }

    /** Leaves the hub open, and shows more for each wish. */
    private static void stay(PrintStream out, Story story, @Nullable Killer killer) throws InterruptedException {
        out.println("The hub stays up until Ctrl-C."
                + (killer == null ? "" : " Press k and Enter to have the node killed that is about to send."));
        while (true) {
            if (killer == null) {
                Thread.currentThread().join();
            } else {
                killer.awaitWish();
                story.encore();
            }
        }
    }
}
