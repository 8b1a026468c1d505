package dev.tocsin.api.hub;

import dev.tocsin.api.http.server.RawClient;
import java.io.IOException;
import java.util.Map;

/** Reads events from a stream as a browser does. */
final class EventReader implements AutoCloseable {
    /** An event; absent parts are empty. */
    record Event(String name, String id, String data) {}

    private final RawClient client;
    private final RawClient.Answer head;
    private String buffered = "";
    private boolean over;

    /** Opens a stream; a header without a name is left out. */
    EventReader(RawClient client, String target, Map<String, String> headers) throws IOException {
        this.client = client;
        StringBuilder request = new StringBuilder("GET ").append(target).append(" HTTP/1.1\r\nHost: x\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        client.send(request.append("\r\n").toString());
        head = client.read(false);
    }

    RawClient.Answer head() {
        return head;
    }

    /** The next event with data. */
    Event next() throws IOException {
        while (true) {
            int end = buffered.indexOf("\n\n");
            if (end < 0) {
                String chunk = client.chunk();
                if (chunk.isEmpty()) {
                    over = true;
                    return new Event("", "", "");
                }
                buffered += chunk;
                continue;
            }
            String block = buffered.substring(0, end);
            buffered = buffered.substring(end + 2);
            Event event = event(block);
            if (!event.data().isEmpty()) {
                return event;
            }
        }
    }

    /** The next event that is no sign of life. */
    Event nextNews() throws IOException {
        Event event = next();
        while (!over && (event.name().equals("heartbeat") || event.data().contains("\"kind\":\"heartbeat\""))) {
            event = next();
        }
        return event;
    }

    private static Event event(String block) {
        String name = "";
        String id = "";
        String data = "";
        for (String line : block.split("\n", -1)) {
            if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
        return new Event(name, id, data);
    }

    /** Whether the server has ended the stream. */
    boolean over() {
        return over;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
