package dev.tocsin.app.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A webhook receiver that prints one line for each notification. */
final class Pager implements AutoCloseable {
    private final HttpServer server;
    private final Screen screen;
    private final AtomicInteger pages = new AtomicInteger();

    /** Listens on a free port of loopback. */
    Pager(Screen screen) throws IOException {
        this.screen = screen;
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
    int pages() {
        return pages.get();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String text = summary(exchange);
            boolean repeat = exchange.getRequestHeaders().containsKey("Tocsin-Possible-Repeat");
            screen.page("#" + pages.incrementAndGet() + " " + text + (repeat ? " (possible repeat)" : ""));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** Reads what a page shows: status, group labels and the number of alerts. */
    private static String summary(HttpExchange exchange) throws IOException {
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
        return (status.equals("firing") ? "FIRING" : "RESOLVED") + "  " + group + "  (" + firing + " firing, "
                + resolved + " resolved: " + reason + ")";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
