package dev.tocsin.app;

import dev.tocsin.app.flag.FlagParser;
import dev.tocsin.app.flag.FlagValues;
import dev.tocsin.app.flag.NodeFlags;
import dev.tocsin.app.logging.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A node inside another program, on loopback, with a configuration given as text. */
public final class EmbeddedNode implements AutoCloseable {
    private final Node node;

    private EmbeddedNode(Node node) {
        this.node = node;
    }

    /**
     * Starts a node that keeps everything below {@code folder}.
     *
     * @param port where to listen on loopback; 0 picks a free port
     * @throws StartupException if it cannot start, for instance because the port is taken
     */
    public static EmbeddedNode start(Path folder, String config, int port) throws IOException, StartupException {
        Path file = folder.resolve("alertmanager.yml");
        Files.writeString(file, config);
        List<String> arguments = List.of(
                "--config.file=" + file,
                "--storage.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.external-url=http://127.0.0.1:" + port,
                "--grpc.listen-address=",
                "--cluster.listen-address=");
        Logging.configure("error", "logfmt");
        if (!(new FlagParser(NodeFlags.all()).parse(arguments) instanceof FlagParser.Result.Parsed(var values))) {
            throw new IllegalStateException("the flags above are well formed");
        }
        Node node = new Node(new FlagValues(values));
        try {
            node.start();
        } catch (StartupException e) {
            node.close();
            throw e;
        }
        return new EmbeddedNode(node);
    }

    /** The node's base address, without a trailing slash. */
    public String url() {
        return "http://127.0.0.1:" + node.address().getPort();
    }

    @Override
    public void close() {
        node.close();
    }
}
