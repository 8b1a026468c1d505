package dev.tocsin.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two groups that end in two posts can be due in between: the story would have a page more than it tells. */
class SenderTest {
    private static final String A = "\"alertname\":\"A\"";
    private static final String B = "\"alertname\":\"B\"";
    private static final Pattern END = Pattern.compile("\"endsAt\":\"([^\"]+)\"");

    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private final HttpServer node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final HttpClient client = HttpClient.newHttpClient();

    SenderTest() throws Exception {
        node.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        node.start();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        node.stop(0);
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(bodies.poll(20, TimeUnit.SECONDS), "nothing was posted");
    }

    private static List<Instant> ends(String body) {
        return END.matcher(body)
                .results()
                .map(found -> Instant.parse(found.group(1)))
                .toList();
    }

    @Test
    void whatEndsTogetherIsPostedTogetherAndNeverFiringAgain() throws Exception {
        List<String> hub = List.of("http://127.0.0.1:" + node.getAddress().getPort());
        try (Sender sender = new Sender(client, hub, "a", Duration.ZERO)) {
            sender.fire(List.of(A, B));
            assertThat(next()).contains(A, B);
            sender.resolve(List.of(A, B));
            Instant resolved = Instant.now();
            String body = next();
            while (ends(body).getFirst().isAfter(resolved)) { // was under way
                body = next();
            }
            for (int round = 0; round < 2; round++) {
                assertThat(body).contains(A, B);
                assertThat(ends(body)).hasSize(2).allMatch(end -> !end.isAfter(resolved));
                body = next();
            }
        }
    }
}
