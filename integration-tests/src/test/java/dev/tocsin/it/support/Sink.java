package dev.tocsin.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** A webhook receiver that keeps what it gets. The list is guarded by itself. */
public final class Sink implements AutoCloseable {
    private final HttpServer server;
    private final List<Received> received = new ArrayList<>();
    private volatile ToIntFunction<Received> answer = request -> 200;

    /**
     * One request.
     *
     * @param path the request's path; it may end with the number of the node that was given it
     * @param key the {@code Idempotency-Key} header, empty if absent
     * @param marked whether it is marked as a possible repeat
     * @param body the parsed body
     * @param at when it came
     */
    public record Received(String path, String key, boolean marked, JsonNode body, Instant at) {
        /** The group key of the body. */
        public String groupKey() {
            return body.path("groupKey").asText();
        }

        /** {@code firing} or {@code resolved}. */
        public String status() {
            return body.path("status").asText();
        }

        /** The number of the node that sent it, -1 if the path does not end with one. */
        public int sender() {
            char last = path.charAt(path.length() - 1);
            return Character.isDigit(last) ? Character.digit(last, 10) : -1;
        }

        /** How many alerts it tells. */
        public int alerts() {
            return body.path("alerts").size();
        }
    }

    /** Starts on a free port of loopback. */
    public Sink() {
        this(InetAddress.getLoopbackAddress());
    }

    /** Starts on a free port of {@code address}. */
    public Sink(InetAddress address) {
        try {
            server = HttpServer.create(new InetSocketAddress(address, 0), 512);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            Received request = new Received(
                    exchange.getRequestURI().getPath(),
                    key == null ? "" : key,
                    exchange.getRequestHeaders().containsKey("Tocsin-Possible-Repeat"),
                    Api.parse(body),
                    Instant.now());
            int status = answer.applyAsInt(request);
            if (status / 100 == 2) {
                synchronized (received) {
                    received.add(request);
                    received.notifyAll();
                }
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    /** Decides each answer's status from now on; only 2xx requests are kept. It may block. */
    public void answer(ToIntFunction<Received> decide) {
        answer = decide;
    }

    /** The address to put into a configuration. */
    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Its port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** What came and was accepted until now. */
    public List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** Waits until at least {@code count} requests were accepted. */
    public List<Received> await(int count, java.time.Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (received) {
            while (received.size() < count) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError(
                            "only " + received.size() + " of " + count + " notifications came: " + received);
                }
                try {
                    received.wait(left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return List.copyOf(received);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
