package dev.tocsin.app.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node of the demonstration as a process of its own, on loopback. Safe for all threads: guarded by itself. */
final class NodeProcess implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final String name;
    private final String url;
    private final Path log;
    private final List<String> command;
    private @Nullable Process process;
    private boolean closed;

    /**
     * Nothing runs before {@link #start}.
     *
     * @param name the node's name in the cluster
     * @param url its base address, without a trailing slash
     * @param log the file that takes what it says
     * @param command starts it
     */
    NodeProcess(String name, String url, Path log, List<String> command) {
        this.name = name;
        this.url = url;
        this.log = log;
        this.command = command;
    }

    /** Its name in the cluster. */
    String name() {
        return name;
    }

    /** Its base address, without a trailing slash. */
    String url() {
        return url;
    }

    /** Starts it, unless the demonstration is over; false if it is. */
    synchronized boolean start() throws IOException {
        if (!closed && !alive()) {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        }
        return !closed;
    }

    /** Whether it was ended for good. */
    synchronized boolean closed() {
        return closed;
    }

    /** Whether its process runs. */
    synchronized boolean alive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** The number by which the operating system knows it; 0 before the first start. */
    synchronized long pid() {
        Process running = process;
        return running == null ? 0 : running.pid();
    }

    /** Whether it says that it can do its work. */
    boolean ready(HttpClient client) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/-/ready"))
                .timeout(ANSWER)
                .build();
        try {
            return alive()
                    && client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** What it said last: why it did not start, for instance. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "it said nothing" : lines.getLast();
        } catch (IOException e) {
            return "it said nothing";
        }
    }

    /** SIGKILL. Returns when the process is gone. */
    synchronized void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        kill();
    }
}
