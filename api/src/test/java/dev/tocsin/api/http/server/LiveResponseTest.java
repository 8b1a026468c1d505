package dev.tocsin.api.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.PlainRouter;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Route;
import dev.tocsin.api.http.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Answers that last as long as the client listens. */
class LiveResponseTest {
    private static final String GET = "GET /live HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CountDownLatch failed = new CountDownLatch(1);

    private Router router() {
        Route live = new Route("GET", "/live", (Handler) request -> new Response(
                200, List.of(new Response.Header("Content-Type", "text/event-stream")), new Response.Live(out -> {
                    try {
                        for (String line = lines.take(); !line.equals("end"); line = lines.take()) {
                            out.write(line.getBytes(StandardCharsets.UTF_8));
                            out.flush();
                        }
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    } catch (IOException e) {
                        failed.countDown();
                        throw e;
                    }
                })));
        Route short1 = new Route("GET", "/short", (Handler) request -> Response.text(200, "short"));
        return new PlainRouter("/", List.of(live, short1), Map.of());
    }

    private static HttpServerOptions oneGet() {
        return new HttpServerOptions(List.of("127.0.0.1:0"), 1, Duration.ZERO, 1, HttpServerOptions.Limits.DEFAULT);
    }

    @Test
    void whatIsFlushedArrivesUncompressedWhileTheAnswerGoesOn() throws Exception {
        try (TestServer server = new TestServer(router());
                RawClient client = server.connect()) {
            lines.add("one");
            client.send(GET);
            RawClient.Answer head = client.read(false);
            assertThat(head.headers()).doesNotContainKey("content-encoding");
            assertThat(client.chunk()).isEqualTo("one");
            lines.add("two");
            assertThat(client.chunk()).isEqualTo("two");
            lines.add("end");
            assertThat(client.chunk()).isEmpty();
            client.send("GET /short HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.read().text()).isEqualTo("short");
        }
    }

    @Test
    void aListenerTakesNoPlaceFromOtherGets() throws Exception {
        try (TestServer server = new TestServer(oneGet(), List.of(), router());
                RawClient listener = server.connect();
                RawClient other = server.connect()) {
            lines.add("one");
            listener.send(GET);
            listener.read(false);
            assertThat(listener.chunk()).isEqualTo("one");
            other.send("GET /short HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(other.read().text()).isEqualTo("short");
            lines.add("end");
            assertThat(listener.chunk()).isEmpty();
            other.send("GET /short HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(other.read().text()).isEqualTo("short");
        }
    }

    @Test
    void theWriterHearsOfAListenerThatHasGone() throws Exception {
        try (TestServer server = new TestServer(router());
                RawClient client = server.connect()) {
            lines.add("one");
            client.send(GET);
            client.read(false);
            client.reset();
            while (!failed.await(5, TimeUnit.MILLISECONDS)) {
                lines.add("more");
            }
        }
    }
}
