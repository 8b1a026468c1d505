package dev.tocsin.app.demo;

import dev.tocsin.app.EmbeddedNode;
import dev.tocsin.app.StartupException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin demo}: a hub on embedded defaults, a pager that prints, and a redundant pair that plays an outage. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Play an outage on a hub with embedded defaults.",
            "Starts a hub, a pager that prints what it receives, and two senders that play a redundant Prometheus pair. "
                    + "Nothing is kept: the hub's data lies in a temporary folder."
        })
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            defaultValue = "9093",
            description = "The hub's port; 0 picks one. Default: ${DEFAULT-VALUE}.")
    private int port = 9093;

    @Option(names = "--once", description = "End when the story is told, instead of leaving the hub open to look at.")
    private boolean once;

    /** For the command line library. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintStream out = System.out;
        Screen screen = new Screen(out);
        Path folder = Files.createTempDirectory("tocsin-demo");
        try (Pager pager = new Pager(screen);
                EmbeddedNode node = EmbeddedNode.start(folder, Story.config(pager.url()), port);
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                Sender first = new Sender(client, node.url(), "a", Duration.ZERO);
                Sender second = new Sender(client, node.url(), "b", Duration.ofMillis(400))) {
            out.println("The hub is at " + node.url() + " - open it, or ask it:");
            out.println("  amtool --alertmanager.url=" + node.url() + " alert query");
            out.println("  curl " + node.url() + "/api/v2/alerts/groups");
            out.println("  curl " + node.url() + "/metrics");
            out.println("The pager prints a line for each notification. The story takes 40 seconds.");
            out.println();
            screen.begin();
            new Story(screen, client, node.url(), List.of(first, second)).play();
            out.println();
            out.println(
                    "Told: " + pager.pages() + " pages for an outage that two senders reported about every second.");
            if (!once) {
                out.println("The hub stays up until Ctrl-C.");
                Thread.currentThread().join();
            }
            return 0;
        } catch (StartupException e) {
            System.err.println("tocsin: error: " + e.getMessage() + (e.logged().isEmpty() ? "" : ": " + e.logged()));
            return 1;
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
