package dev.tocsin.api.http;

import static dev.tocsin.api.http.ServerFixture.DEFAULT;
import static dev.tocsin.api.http.ServerFixture.GET;
import static dev.tocsin.api.http.ServerFixture.echo;
import static dev.tocsin.api.http.ServerFixture.post;
import static dev.tocsin.api.http.ServerFixture.router;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of answers. */
@Timeout(30)
class HttpServerAnswersTest {
    @Test
    void shortStreamsHaveALengthAndLongOnesAreChunked() throws IOException {
        try (TestServer server = new TestServer(router(numbers("/short", 10), numbers("/long", 100_000)));
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/long|gzip|gzip", "/long|br, gzip;q=0.5|gzip", "/long|gzip;q=0|", "/long|br|", "/short|gzip|"})
    void longAnswersAreCompressedForClientsThatTakeIt(String path, String accept, String encoding) throws IOException {
        try (TestServer server = new TestServer(router(numbers("/short", 10), numbers("/long", 100_000)));
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
        try (TestServer server = new TestServer(router(numbers("/long", 100_000)));
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
        try (TestServer server = new TestServer(router(endless, echo("POST")));
                RawClient client = new RawClient(server.address(), 4096)) {
            client.send(GET);
            assertThat(client.read(false).status()).isEqualTo(200);
            try (RawClient other = server.connect()) {
                assertThat(other.send(post(2) + "ok").read().text()).isEqualTo("ok");
            }
            client.reset();
            assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aHandlerThatFailsCostsItsRequestAndNotTheConnection() throws IOException {
        Route broken = new Route("GET", "/echo", (Handler) request -> {
            throw new IllegalStateException("a bug");
        });
        Route brokenAsync = new Route("POST", "/echo", (AsyncHandler) request -> {
            throw new IllegalStateException("another bug");
        });
        Route brokenStream = new Route("PUT", "/echo", (Handler) request -> Response.stream(200, "text/plain", out -> {
            out.write('x');
            throw new IllegalStateException("a third bug");
        }));
        try (TestServer server = new TestServer(router(broken, brokenAsync, brokenStream));
                RawClient client = server.connect()) {
            assertThat(client.send(GET).read().status()).isEqualTo(500);
            assertThat(client.send(post(1) + "x").read().status()).isEqualTo(500);
            assertThat(client.send("PUT /echo HTTP/1.1\r\nHost: x\r\n\r\n")
                            .read()
                            .text())
                    .isEqualTo("Internal Server Error\n");
        }
    }

    @Test
    void aStreamThatFailsInTheMiddleIsSeenToBeIncomplete() throws IOException {
        Route broken = new Route("GET", "/echo", (Handler) request -> Response.stream(200, "text/plain", out -> {
            out.write(new byte[200_000]);
            throw new IllegalStateException("a bug");
        }));
        try (TestServer server = new TestServer(router(broken));
                RawClient client = server.connect()) {
            client.send(GET);
            assertThatThrownBy(client::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void filtersStandBeforeEveryRoute() throws IOException {
        Filter guard = (request, next) -> request.header("Authorization") == null
                ? Completed.with(Response.error(401, "Unauthorized\n"))
                : next.handle(request).thenApply(response -> response.with("X-Guard", "1"));
        HttpServerOptions options = TestServer.options(DEFAULT);
        try (TestServer server = new TestServer(options, List.of(guard), router(echo("GET")));
                RawClient client = server.connect()) {
            assertThat(client.send(GET).read().status()).isEqualTo(401);
            RawClient.Answer answer = client.send("GET /nope HTTP/1.1\r\nHost: x\r\nAuthorization: y\r\n\r\n")
                    .read();
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.headers()).containsEntry("x-guard", "1");
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
}
