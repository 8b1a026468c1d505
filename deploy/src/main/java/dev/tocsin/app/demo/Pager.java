package dev.tocsin.app.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A webhook receiver that prints one line for each notification. Safe for all threads: guarded by itself. */
final class Pager implements AutoCloseable {
    private final HttpServer server;
    private final Screen screen;
    private final Map<String, String> names;
    private final List<Page> pages = new ArrayList<>();

    /**
     * A notification that came.
     *
     * @param sender the name of the node that sent it; empty if it has none
     * @param nanos when it came, by {@link System#nanoTime()}
     */
    record Page(String sender, long nanos) {}

    /**
     * Listens on a free port of loopback.
     *
     * @param names the names of the nodes by their external address
     */
    Pager(Screen screen, Map<String, String> names) throws IOException {
        this.screen = screen;
        this.names = Map.copyOf(names);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    /** The address that the configuration names. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/page";
    }

    /** How many notifications have come. */
    synchronized int pages() {
        return pages.size();
    }

    /**
     * The page that comes after the first {@code before} ones.
     *
     * @return empty if none comes in time
     */
    synchronized Optional<Page> await(int before, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (pages.size() <= before) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return Optional.of(pages.get(before));
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            long came = System.nanoTime();
            Summary summary = summary(exchange);
            String sender = names.getOrDefault(summary.hub(), "");
            boolean repeat = exchange.getRequestHeaders().containsKey("Tocsin-Possible-Repeat");
            synchronized (this) {
                pages.add(new Page(sender, came));
                screen.page("#" + pages.size() + " " + summary.text() + (sender.isEmpty() ? "" : " from " + sender)
                        + (repeat ? " (possible repeat)" : ""));
                notifyAll();
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** What a page shows, and the address of the hub that sent it. */
    private record Summary(String text, String hub) {}

    /** Reads status, group labels and the number of alerts. */
    private static Summary summary(HttpExchange exchange) throws IOException {
        String hub = "";
        String status = "";
        String reason = "";
        StringBuilder group = new StringBuilder();
        int firing = 0;
        int resolved = 0;
        try (JsonParser json = new JsonFactory().createParser(exchange.getRequestBody())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "status" -> status = json.getText();
                    case "notification_reason" -> reason = json.getText();
                    case "externalURL" -> hub = json.getText();
                    case "groupLabels" -> {
                        while (json.nextToken() == JsonToken.FIELD_NAME) {
                            String name = json.currentName();
                            json.nextToken();
                            group.append(group.isEmpty() ? "" : ", ")
                                    .append(name)
                                    .append('=')
                                    .append(json.getText());
                        }
                    }
                    case "alerts" -> {
                        while (json.nextToken() == JsonToken.START_OBJECT) {
                            while (json.nextToken() == JsonToken.FIELD_NAME) {
                                boolean isStatus = json.currentName().equals("status");
                                json.nextToken();
                                if (isStatus && json.getText().equals("firing")) {
                                    firing++;
                                } else if (isStatus) {
                                    resolved++;
                                }
                                json.skipChildren();
                            }
                        }
                    }
                    default -> json.skipChildren();
                }
            }
        }
        String text = (status.equals("firing") ? "FIRING" : "RESOLVED") + "  " + group + "  (" + firing + " firing, "
                + resolved + " resolved: " + reason + ")";
        return new Summary(text, hub);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
