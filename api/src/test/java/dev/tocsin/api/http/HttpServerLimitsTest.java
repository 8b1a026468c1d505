package dev.tocsin.api.http;

import static dev.tocsin.api.http.ServerFixture.DEFAULT;
import static dev.tocsin.api.http.ServerFixture.GET;
import static dev.tocsin.api.http.ServerFixture.bodies;
import static dev.tocsin.api.http.ServerFixture.echo;
import static dev.tocsin.api.http.ServerFixture.exceeded;
import static dev.tocsin.api.http.ServerFixture.inFlight;
import static dev.tocsin.api.http.ServerFixture.post;
import static dev.tocsin.api.http.ServerFixture.router;
import static dev.tocsin.api.http.ServerFixture.times;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients may not take. */
@Timeout(30)
class HttpServerLimitsTest {
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
    void aGetThatTimedOutHoldsItsPlaceUntilItsHandlerIsDone() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Route slow = new Route("GET", "/slow", (Handler) request -> {
            go.await();
            return Response.text(200, "too late");
        });
        HttpServerOptions options = new HttpServerOptions(List.of("127.0.0.1:0"), 1, Duration.ofMillis(30), 1, DEFAULT);
        try (TestServer server = new TestServer(options, List.of(), router(slow));
                RawClient client = server.connect()) {
            String request = "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n";
            assertThat(client.send(request).read().text()).startsWith("Exceeded configured timeout");
            assertThat(client.send(request).read().text()).startsWith("Limit of concurrent GET requests");
            assertThat(inFlight(server)).isEqualTo(1);
            go.countDown();
        }
    }
}
