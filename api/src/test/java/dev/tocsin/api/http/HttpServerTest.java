package dev.tocsin.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HttpServerTest {
    private static final String GET = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final HttpServerOptions.Limits DEFAULT = HttpServerOptions.Limits.DEFAULT;

    private static Router router(Route... routes) {
        return new PlainRouter("/", List.of(routes), Map.of());
    }

    private static Route echo(String method) {
        return new Route(method, "/echo", (AsyncHandler) request ->
                Completed.with(Response.bytes(200, "text/plain", request.body().copy())));
    }

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

    private static HttpServerOptions.Limits times(long headMillis, long bodyMillis, long stallMillis, long idleMillis) {
        return new HttpServerOptions.Limits(
                DEFAULT.bodyBytes(),
                DEFAULT.allBodiesBytes(),
                DEFAULT.requestLineBytes(),
                DEFAULT.headerBytes(),
                DEFAULT.connections(),
                Duration.ofMillis(headMillis),
                Duration.ofMillis(bodyMillis),
                Duration.ofMillis(stallMillis),
                Duration.ofMillis(idleMillis));
    }

    private static String post(int length) {
        return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
    }

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
    void longRequestLinesAndHeadersAreRefused() throws IOException {
        try (TestServer server = new TestServer(router(echo("GET")))) {
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
        try (TestServer server = new TestServer(options, List.of(), router(echo("POST")))) {
            try (RawClient client = server.connect()) {
                assertThat(client.send(post(1001)).read().status()).isEqualTo(413);
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
                client.send(post(1000) + "a".repeat(1000));
                assertThat(client.read().body()).hasSize(1000);
            }
        }
    }

    @Test
    void theAnswerToALongBodyIsReadableAlthoughTheClientIsStillSending() throws IOException {
        HttpServerOptions options = TestServer.options(bodies(1000, 100_000));
        try (TestServer server = new TestServer(options, List.of(), router(echo("POST")));
                RawClient client = server.connect()) {
            client.send(post(400_000)).send(new byte[400_000]);
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
        try (TestServer server = new TestServer(options, List.of(), router(echo("POST"), holding));
                RawClient first = server.connect()) {
            first.send("POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + "a".repeat(1000));
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            try (RawClient second = server.connect()) {
                assertThat(second.send(post(1000) + "a".repeat(1000)).read().status())
                        .isEqualTo(503);
            }
            slow.complete(Response.empty(200));
            assertThat(first.read().status()).isEqualTo(200);
            for (int i = 0; i < 5; i++) {
                assertThat(first.send(post(1000) + "a".repeat(1000)).read().status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void aClientThatIsSlowWithTheHeadGetsATimeout() throws IOException {
        HttpServerOptions options = TestServer.options(times(60, 5000, 5000, 60_000));
        try (TestServer server = new TestServer(options, List.of(), router(echo("GET")));
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHo");
            assertThat(client.read().status()).isEqualTo(408);
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void aClientThatIsSlowWithTheBodyGetsATimeout() throws IOException {
        HttpServerOptions options = TestServer.options(times(5000, 60, 5000, 60_000));
        try (TestServer server = new TestServer(options, List.of(), router(echo("POST")));
                RawClient client = server.connect()) {
            assertThat(client.send(post(10) + "some").read().status()).isEqualTo(408);
        }
    }

    @Test
    void aClientThatStopsInTheBodyGetsATimeout() throws IOException {
        HttpServerOptions options = TestServer.options(times(5000, 5000, 60, 60_000));
        try (TestServer server = new TestServer(options, List.of(), router(echo("POST")));
                RawClient client = server.connect()) {
            assertThat(client.send(post(10) + "some").read().status()).isEqualTo(408);
        }
    }

    @Test
    void anIdleConnectionIsClosedWithoutAWord() throws IOException {
        HttpServerOptions options = TestServer.options(times(5000, 5000, 5000, 60));
        try (TestServer server = new TestServer(options, List.of(), router(echo("POST")));
                RawClient client = server.connect()) {
            assertThat(client.send(post(2) + "hi").read().text()).isEqualTo("hi");
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void aSlowHandlerIsNoReasonToCloseAConnection() throws Exception {
        HttpServerOptions options = TestServer.options(times(20, 20, 20, 20));
        CountDownLatch idleClosed = new CountDownLatch(1);
        Route slow = new Route("GET", "/echo", (Handler) request -> {
            idleClosed.await();
            return Response.text(200, "done");
        });
        try (TestServer server = new TestServer(options, List.of(), router(slow));
                RawClient waiting = server.connect();
                RawClient idle = server.connect()) {
            waiting.send(GET);
            assertThat(idle.closedByServer()).isTrue();
            idleClosed.countDown();
            assertThat(waiting.read().text()).isEqualTo("done");
        }
    }

    @Test
    void getsAboveTheLimitAreRefusedAndPostsNever() throws Exception {
        CountDownLatch started = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        Route slow = new Route("GET", "/slow", (Handler) request -> {
            started.countDown();
            go.await();
            return Response.text(200, "done");
        });
        HttpServerOptions options = new HttpServerOptions(List.of("127.0.0.1:0"), 2, Duration.ZERO, 1, DEFAULT);
        try (TestServer server = new TestServer(options, List.of(), router(slow, echo("POST")));
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
            assertThat(c.send(post(2) + "ok").read().text()).isEqualTo("ok");
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
    void aRequestAboveTheTimeoutIsAnsweredInTheServersName() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Route slow = new Route("POST", "/echo", (Handler) request -> {
            go.await();
            return Response.text(200, "too late");
        });
        HttpServerOptions options = new HttpServerOptions(List.of("127.0.0.1:0"), 2, Duration.ofMillis(30), 1, DEFAULT);
        try (TestServer server = new TestServer(options, List.of(), router(slow));
                RawClient client = server.connect()) {
            RawClient.Answer answer = client.send(post(0)).read();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).isEqualTo("Exceeded configured timeout of 30ms.\n");
            assertThat(answer.headers()).containsEntry("content-type", "text/plain; charset=utf-8");
            go.countDown();
        }
    }

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
    void aClientThatNeverReadsIsCutOff() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        Route endless = new Route("GET", "/echo", (Handler) request -> Response.stream(200, "text/plain", out -> {
            try {
                while (true) {
                    out.write(new byte[10_000]);
                }
            } catch (IOException e) {
                failed.countDown();
                throw e;
            }
        }));
        HttpServerOptions options = TestServer.options(times(5000, 5000, 100, 5000));
        try (TestServer server = new TestServer(options, List.of(), router(endless));
                RawClient client = new RawClient(server.address(), 4096)) {
            client.send(GET);
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
        try (TestServer server = new TestServer(TestServer.options(one), List.of(), router(echo("POST")));
                RawClient first = server.connect()) {
            assertThat(first.send(post(2) + "hi").read().text()).isEqualTo("hi");
            try (RawClient second = server.connect()) {
                assertThat(second.closedByServer()).isTrue();
            }
            assertThat(first.send(post(2) + "hi").read().text()).isEqualTo("hi");
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
            assertThatThrownBy(server::connect).isInstanceOf(IOException.class);
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
                    Protection.none(),
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
}
