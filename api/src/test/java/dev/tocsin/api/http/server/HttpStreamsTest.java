package dev.tocsin.api.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Route;
import dev.tocsin.api.http.SystemClock;
import dev.tocsin.core.metrics.Metrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HttpStreamsTest {
    @Test
    void shortStreamsHaveALengthAndLongOnesAreChunked() throws IOException {
        try (TestServer server = new TestServer(Echo.router(numbers("/short", 10), numbers("/long", 100_000)));
                RawClient client = server.connect()) {
            RawClient.Answer small =
                    client.send("GET /short HTTP/1.1\r\nHost: x\r\n\r\n").read();
            assertThat(small.headers()).containsEntry("content-length", "50");
            RawClient.Answer large =
                    client.send("GET /long HTTP/1.1\r\nHost: x\r\n\r\n").read();
            assertThat(large.headers()).containsEntry("transfer-encoding", "chunked");
            assertThat(large.text()).isEqualTo(expected(100_000));
        }
    }

    private static Route numbers(String path, int count) {
        return new Route("GET", path, (Handler) request -> Response.stream(200, "text/plain", out -> {
            for (int i = 0; i < count; i++) {
                out.write(String.format("%04d\n", i % 10_000).getBytes(StandardCharsets.UTF_8));
            }
        }));
    }

    private static String expected(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(String.format("%04d\n", i % 10_000));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/long|gzip|gzip", "/long|br, gzip;q=0.5|gzip", "/long|gzip;q=0|", "/long|br|", "/short|gzip|"})
    void longAnswersAreCompressedForClientsThatTakeIt(String path, String accept, String encoding) throws IOException {
        try (TestServer server = new TestServer(Echo.router(numbers("/short", 10), numbers("/long", 100_000)));
                RawClient client = server.connect()) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: " + accept + "\r\n\r\n");
            RawClient.Answer answer = client.read();
            assertThat(answer.headers().get("content-encoding")).isEqualTo(encoding);
            byte[] body = answer.body();
            if (encoding != null) {
                assertThat(body).hasSizeLessThan(400_000);
                body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            }
            assertThat(new String(body, StandardCharsets.UTF_8))
                    .isEqualTo(expected(path.equals("/short") ? 10 : 100_000));
        }
    }

    @Test
    void oldClientsGetLongAnswersUntilTheConnectionCloses() throws IOException {
        try (TestServer server = new TestServer(Echo.router(numbers("/long", 100_000)));
                RawClient client = server.connect()) {
            RawClient.Answer answer = client.send("GET /long HTTP/1.0\r\n\r\n").read();
            assertThat(answer.headers()).doesNotContainKey("transfer-encoding").containsEntry("connection", "close");
            assertThat(answer.text()).isEqualTo(expected(100_000));
        }
    }

    @Test
    void aWriterWaitsForAClientThatDoesNotReadAndIsFreedWhenTheClientGoes() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        Route endless = new Route("GET", "/echo", (Handler) request -> Response.stream(200, "text/plain", out -> {
            byte[] block = new byte[10_000];
            try {
                while (true) {
                    out.write(block);
                }
            } catch (IOException e) {
                failed.countDown();
                throw e;
            }
        }));
        try (TestServer server = new TestServer(Echo.router(endless, Echo.echo("POST")));
                RawClient client = new RawClient(server.address(), 4096)) {
            client.send(Echo.GET);
            assertThat(client.read(false).status()).isEqualTo(200);
            try (RawClient other = server.connect()) {
                assertThat(other.send(Echo.post(2) + "ok").read().text()).isEqualTo("ok");
            }
            client.reset();
            assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aStreamThatFailsInTheMiddleIsSeenToBeIncomplete() throws IOException {
        Route broken = new Route("GET", "/echo", (Handler) request -> Response.stream(200, "text/plain", out -> {
            out.write(new byte[200_000]);
            throw new IllegalStateException("a bug");
        }));
        try (TestServer server = new TestServer(Echo.router(broken));
                RawClient client = server.connect()) {
            client.send(Echo.GET);
            assertThatThrownBy(client::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anAnswerThatComesAfterTheServerHasStoppedIsDropped() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        BlockingQueue<String> ends = new LinkedBlockingQueue<>(); // of the handler and of the writer
        Route late = new Route("GET", "/echo", (Handler) request -> Response.stream(200, "text/plain", out -> {
            out.write(new byte[200_000]);
            begun.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            out.write(new byte[200_000]);
        }));
        HttpServer server = new HttpServer(
                TestServer.options(HttpServerOptions.Limits.DEFAULT),
                Protection.none(),
                List.of(),
                work -> Thread.ofVirtual().start(() -> {
                    try {
                        work.run();
                        ends.add("quietly");
                    } catch (RuntimeException e) {
                        ends.add(e.toString());
                    }
                }),
                new SystemClock(),
                new Metrics(new MetricRegistry()));
        InetSocketAddress address = server.bind().getFirst();
        server.serve(Echo.router(late));
        try (RawClient client = new RawClient(address, 1 << 20)) {
            client.send(Echo.GET);
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            client.reset();
            server.stop(Duration.ofSeconds(10));
            stopped.countDown();
            assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("quietly");
            assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("quietly");
        }
    }
}
