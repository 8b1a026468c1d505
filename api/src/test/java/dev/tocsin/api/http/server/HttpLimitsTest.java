package dev.tocsin.api.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.http.AsyncHandler;
import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HttpLimitsTest {
    private static final HttpServerOptions.Limits DEFAULT = HttpServerOptions.Limits.DEFAULT;

    private static HttpServerOptions.Limits bodies(int bytes, long all) {
        return new HttpServerOptions.Limits(
                bytes,
                all,
                DEFAULT.requestLineBytes(),
                DEFAULT.headerBytes(),
                DEFAULT.connections(),
                DEFAULT.headTime(),
                DEFAULT.bodyTime(),
                DEFAULT.stallTime(),
                DEFAULT.idleTime());
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
        try (TestServer server = new TestServer(Echo.router(Echo.echo("POST")));
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
        try (TestServer server = new TestServer(Echo.router(Echo.echo("POST")));
                RawClient client = server.connect()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n");
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void aTlsHandshakeOnAPlainPortEndsTheConnection() throws IOException {
        try (TestServer server = new TestServer(Echo.router(Echo.echo("POST")));
                RawClient client = server.connect()) {
            client.send(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3, '\n', '\n'});
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void longRequestLinesAndHeadersAreRefused() throws IOException {
        try (TestServer server = new TestServer(Echo.router(Echo.echo("GET")))) {
            try (RawClient client = server.connect()) {
                client.send("GET /echo?" + "a".repeat(DEFAULT.requestLineBytes()) + " HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.read().status()).isEqualTo(414);
            }
            try (RawClient client = server.connect()) {
                client.send("GET /echo HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(DEFAULT.headerBytes()) + "\r\n\r\n");
                assertThat(client.read().status()).isEqualTo(431);
            }
            try (RawClient client = server.connect()) {
                client.send("GET /echo?" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.read().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void longBodiesAreRefusedBeforeTheyAreSentAndWhileTheyAre() throws IOException {
        HttpServerOptions options = TestServer.options(bodies(1000, 100_000));
        try (TestServer server = new TestServer(options, List.of(), Echo.router(Echo.echo("POST")))) {
            try (RawClient client = server.connect()) {
                assertThat(client.send(Echo.post(1001)).read().status()).isEqualTo(413);
                assertThat(client.closedByServer()).isTrue();
            }
            try (RawClient client = server.connect()) {
                client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
                client.send("3e8\r\n" + "a".repeat(1000) + "\r\n1\r\na\r\n");
                RawClient.Answer answer = client.read();
                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.text()).isEqualTo("413 Request Entity Too Large: the body is longer than 1000 bytes");
            }
            try (RawClient client = server.connect()) {
                client.send(Echo.post(1000) + "a".repeat(1000));
                assertThat(client.read().body()).hasSize(1000);
            }
        }
    }

    @Test
    void theAnswerToALongBodyIsReadableAlthoughTheClientIsStillSending() throws IOException {
        HttpServerOptions options = TestServer.options(bodies(1000, 100_000));
        try (TestServer server = new TestServer(options, List.of(), Echo.router(Echo.echo("POST")));
                RawClient client = server.connect()) {
            client.send(Echo.post(400_000)).send(new byte[400_000]);
            assertThat(client.read().status()).isEqualTo(413);
        }
    }

    @Test
    void allBodiesTogetherAreBoundedAndGivenBack() throws Exception {
        HttpServerOptions options = TestServer.options(bodies(1000, 1500));
        CompletableFuture<Response> slow = new CompletableFuture<>();
        CountDownLatch arrived = new CountDownLatch(1);
        Route holding = new Route("POST", "/hold", (AsyncHandler) request -> {
            arrived.countDown();
            return slow;
        });
        try (TestServer server = new TestServer(options, List.of(), Echo.router(Echo.echo("POST"), holding));
                RawClient first = server.connect()) {
            first.send("POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + "a".repeat(1000));
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            try (RawClient second = server.connect()) {
                assertThat(second.send(Echo.post(1000) + "a".repeat(1000))
                                .read()
                                .status())
                        .isEqualTo(503);
            }
            slow.complete(Response.empty(200));
            assertThat(first.read().status()).isEqualTo(200);
            for (int i = 0; i < 5; i++) {
                assertThat(first.send(Echo.post(1000) + "a".repeat(1000)).read().status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void getsAboveTheLimitAreRefusedAndPostsNever() throws Exception {
        CountDownLatch started = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        Route slow = new Route("GET", "/slow", (Handler) request -> {
            started.countDown();
            assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            return Response.text(200, "done");
        });
        HttpServerOptions options = new HttpServerOptions(List.of("127.0.0.1:0"), 2, Duration.ZERO, 1, DEFAULT);
        try (TestServer server = new TestServer(options, List.of(), Echo.router(slow, Echo.echo("POST")));
                RawClient a = server.connect();
                RawClient b = server.connect();
                RawClient c = server.connect()) {
            a.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
            b.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            RawClient.Answer refused =
                    c.send("GET /nope HTTP/1.1\r\nHost: x\r\n\r\n").read();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).isEqualTo("Limit of concurrent GET requests reached (2), try again later.\n\n");
            assertThat(refused.headers()).containsEntry("x-content-type-options", "nosniff");
            assertThat(c.send(Echo.post(2) + "ok").read().text()).isEqualTo("ok");
            assertThat(exceeded(server)).isEqualTo(1);
            assertThat(inFlight(server)).isEqualTo(2);
            go.countDown();
            assertThat(a.read().status()).isEqualTo(200);
            assertThat(b.read().status()).isEqualTo(200);
            assertThat(c.send("GET /nope HTTP/1.1\r\nHost: x\r\n\r\n").read().status())
                    .isEqualTo(404);
        }
    }

    private static double exceeded(TestServer server) {
        return server.metrics()
                .counter("alertmanager_http_concurrency_limit_exceeded_total", "", "method")
                .labels("get")
                .value();
    }

    private static double inFlight(TestServer server) {
        return server.metrics()
                .gauge("alertmanager_http_requests_in_flight", "", "method")
                .labels("get")
                .value();
    }

    @Test
    void connectionsAboveTheLimitAreClosed() throws IOException {
        HttpServerOptions.Limits one = new HttpServerOptions.Limits(
                1000,
                1000,
                1000,
                1000,
                1,
                DEFAULT.headTime(),
                DEFAULT.bodyTime(),
                DEFAULT.stallTime(),
                DEFAULT.idleTime());
        try (TestServer server = new TestServer(TestServer.options(one), List.of(), Echo.router(Echo.echo("POST")));
                RawClient first = server.connect()) {
            assertThat(first.send(Echo.post(2) + "hi").read().text()).isEqualTo("hi");
            try (RawClient second = server.connect()) {
                assertThat(second.closedByServer()).isTrue();
            }
            assertThat(first.send(Echo.post(2) + "hi").read().text()).isEqualTo("hi");
        }
    }
}
