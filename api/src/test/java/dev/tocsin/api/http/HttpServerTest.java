package dev.tocsin.api.http;

import static dev.tocsin.api.http.ServerFixture.GET;
import static dev.tocsin.api.http.ServerFixture.echo;
import static dev.tocsin.api.http.ServerFixture.inFlight;
import static dev.tocsin.api.http.ServerFixture.post;
import static dev.tocsin.api.http.ServerFixture.router;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections and requests. */
@Timeout(30)
class HttpServerTest {
    @Test
    void aConnectionIsKeptForManyRequests() throws IOException {
        try (TestServer server = new TestServer(router(echo("POST")));
                RawClient client = server.connect()) {
            for (int i = 0; i < 100; i++) {
                String body = "number " + i;
                assertThat(client.send(post(body.length()) + body).read().text())
                        .isEqualTo(body);
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderAlsoWhenTheFirstIsSlow() throws IOException {
        CompletableFuture<Response> slow = new CompletableFuture<>();
        Route first = new Route("GET", "/slow", (AsyncHandler) request -> slow);
        Route blocking = new Route("GET", "/blocking", (Handler) request -> Response.text(200, "second"));
        try (TestServer server = new TestServer(router(first, blocking, echo("POST")));
                RawClient client = server.connect()) {
            client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "GET /blocking HTTP/1.1\r\nHost: x\r\n\r\n"
                    + post(5)
                    + "third");
            try (RawClient other = server.connect()) {
                assertThat(other.send(post(2) + "ok").read().text()).isEqualTo("ok");
            }
            slow.complete(Response.text(200, "first"));
            assertThat(client.read().text()).isEqualTo("first");
            assertThat(client.read().text()).isEqualTo("second");
            assertThat(client.read().text()).isEqualTo("third");
        }
    }

    @Test
    void thousandsOfPipelinedRequestsNeitherOverflowAStackNorLoseTheirOrder() throws Exception {
        int count = 20_000;
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < count; i++) {
            requests.append(post(5)).append(String.format("%05d", i));
        }
        try (TestServer server = new TestServer(router(echo("POST")));
                RawClient client = server.connect()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    client.send(requests.toString());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            for (int i = 0; i < count; i++) {
                assertThat(client.read().text()).isEqualTo(String.format("%05d", i));
            }
            sent.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRequestMayComeByteByByte() throws IOException {
        try (TestServer server = new TestServer(router(echo("POST")));
                RawClient client = server.connect()) {
            for (char c : (post(4) + "slow").toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.read().text()).isEqualTo("slow");
        }
    }

    @Test
    void largeBodiesArriveWhole() throws IOException {
        byte[] body = new byte[3_000_000];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) (i * 31 + i / 1000);
        }
        try (TestServer server = new TestServer(router(echo("POST")));
                RawClient client = server.connect()) {
            client.send(post(body.length)).send(body);
            assertThat(client.read().body()).isEqualTo(body);
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send(Integer.toHexString(body.length) + "\r\n").send(body).send("\r\n3\r\nend\r\n0\r\n\r\n");
            assertThat(client.read().body()).hasSize(body.length + 3).endsWith((byte) 'e', (byte) 'n', (byte) 'd');
        }
    }

    @Test
    void aClientMayAskBeforeItSendsABody() throws IOException {
        try (TestServer server = new TestServer(router(echo("POST")));
                RawClient client = server.connect()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            assertThat(client.send("hi").read().text()).isEqualTo("hi");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage|400|400 Bad Request",
                "GET /|400|400 Bad Request",
                "GET / HTTP/2.0~Host: x|505|505 HTTP Version Not Supported: unsupported protocol version",
                "GET / HTTP/1.1|400|400 Bad Request: missing required Host header",
                "GET / HTTP/1.1~Host: a~Host: b|400|400 Bad Request: too many Host headers",
                "GET / HTTP/1.1~Host: a b|400|400 Bad Request: malformed Host header",
                "GET / HTTP/1.1~Host: a~X y: 1|400|400 Bad Request",
                "GET / HTTP/1.1~Host: a~Xy|400|400 Bad Request",
                "GET /%zz HTTP/1.1~Host: a|400|400 Bad Request",
                "GET /a b HTTP/1.1~Host: a|400|400 Bad Request",
                "GET nope HTTP/1.1~Host: a|400|400 Bad Request",
                "GET * HTTP/1.1~Host: a|400|400 Bad Request",
                "POST / HTTP/1.1~Host: a~Content-Length: -2|400|400 Bad Request",
                "POST / HTTP/1.1~Host: a~Content-Length: x|400|400 Bad Request",
                "POST / HTTP/1.1~Host: a~Content-Length: 2~Content-Length: 3|400|400 Bad Request",
                "POST / HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked|501|501 Not Implemented: unsupported transfer encoding",
                "POST / HTTP/1.1~Host: a~Expect: foo~Content-Length: 2|417|417 Expectation Failed",
            })
    void whatIsNoRequestIsRefusedAndTheConnectionClosed(String head, int status, String body) throws IOException {
        try (TestServer server = new TestServer(router(echo("POST")));
                RawClient client = server.connect()) {
            client.send(head.replace("~", "\r\n") + "\r\n\r\n");
            RawClient.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.text()).isEqualTo(body);
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void badChunksAreRefused() throws IOException {
        try (TestServer server = new TestServer(router(echo("POST")));
                RawClient client = server.connect()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n");
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void aTlsHandshakeOnAPlainPortEndsTheConnection() throws IOException {
        try (TestServer server = new TestServer(router(echo("POST")));
                RawClient client = server.connect()) {
            client.send(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3, '\n', '\n'});
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void stoppingClosesIdleConnectionsAndLetsTheOthersHaveTheirAnswer() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Route slow = new Route("GET", "/echo", (Handler) request -> {
            started.countDown();
            go.await();
            return Response.text(200, "done");
        });
        try (TestServer server = new TestServer(router(slow, echo("POST")));
                RawClient idle = server.connect();
                RawClient busy = server.connect()) {
            idle.send(post(2) + "hi").read();
            busy.send(GET);
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(10)));
            assertThat(idle.closedByServer()).isTrue();
            assertThat(takesNobody(server)).isTrue();
            go.countDown();
            RawClient.Answer answer = busy.read();
            assertThat(answer.text()).isEqualTo("done");
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(busy.closedByServer()).isTrue();
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void stoppingDoesNotWaitForEver() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Route slow = new Route("GET", "/echo", (Handler) request -> {
            started.countDown();
            go.await();
            return Response.text(200, "done");
        });
        try (TestServer server = new TestServer(router(slow));
                RawClient busy = server.connect()) {
            busy.send(GET);
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            server.stop(Duration.ofMillis(50));
            assertThat(busy.closedByServer()).isTrue();
            go.countDown();
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        try (TestServer server = new TestServer(router())) {
            String address = ListenAddress.format(server.address());
            HttpServer second = new HttpServer(
                    HttpServerOptions.on("127.0.0.1:0", address),
                    List.of(),
                    Runnable::run,
                    new SystemClock(),
                    server.metrics());
            assertThatThrownBy(second::bind)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("listen tcp " + address);
            second.stop(Duration.ofMillis(50));
        }
    }

    @Test
    void aClientThatSendsNoMoreStillGetsItsAnswer() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Route slow = new Route("GET", "/echo", (Handler) request -> {
            go.await();
            return Response.text(200, "done");
        });
        try (TestServer server = new TestServer(router(slow, echo("POST")));
                RawClient client = server.connect();
                RawClient other = server.connect()) {
            client.send(GET).shutdownOutput();
            assertThat(other.send(post(2) + "ok").read().text()).isEqualTo("ok");
            go.countDown();
            assertThat(client.read().text()).isEqualTo("done");
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void noBytesHangOrHarmTheServer() throws Exception {
        Random random = new Random(20260102);
        String valid =
                "POST /echo?a=b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"
                        + "5\r\nhello\r\n0\r\n\r\n" + GET + post(5) + "hello";
        try (TestServer server = new TestServer(router(echo("GET"), echo("POST")))) {
            for (int i = 0; i < 300; i++) {
                byte[] bytes = valid.getBytes(StandardCharsets.ISO_8859_1);
                for (int change = random.nextInt(4); change >= 0; change--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
                try (RawClient client = server.connect()) {
                    client.send(Arrays.copyOf(bytes, length)).shutdownOutput();
                    assertThat(client.readsToTheEnd()).isTrue();
                }
            }
            try (RawClient client = server.connect()) {
                assertThat(client.send(post(2) + "ok").read().text()).isEqualTo("ok");
            }
            assertThat(inFlight(server)).isZero();
        }
    }

    /** The system may still queue a connection for a moment; it is reset then. */
    private static boolean takesNobody(TestServer server) throws IOException {
        try (RawClient client = server.connect()) {
            return client.closedByServer();
        } catch (ConnectException e) {
            return true;
        }
    }
}
