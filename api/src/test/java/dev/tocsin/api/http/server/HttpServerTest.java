package dev.tocsin.api.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.api.http.AsyncHandler;
import dev.tocsin.api.http.Filter;
import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Route;
import dev.tocsin.api.http.SystemClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpServerTest {
    private static final HttpServerOptions.Limits DEFAULT = HttpServerOptions.Limits.DEFAULT;

    @Test
    void aConnectionIsKeptForManyRequests() throws IOException {
        try (TestServer server = new TestServer(Echo.router(Echo.echo("POST")));
                RawClient client = server.connect()) {
            for (int i = 0; i < 100; i++) {
                String body = "number " + i;
                assertThat(client.send(Echo.post(body.length()) + body).read().text())
                        .isEqualTo(body);
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderAlsoWhenTheFirstIsSlow() throws IOException {
        CompletableFuture<Response> slow = new CompletableFuture<>();
        Route first = new Route("GET", "/slow", (AsyncHandler) request -> slow);
        Route blocking = new Route("GET", "/blocking", (Handler) request -> Response.text(200, "second"));
        try (TestServer server = new TestServer(Echo.router(first, blocking, Echo.echo("POST")));
                RawClient client = server.connect()) {
            client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "GET /blocking HTTP/1.1\r\nHost: x\r\n\r\n"
                    + Echo.post(5)
                    + "third");
            try (RawClient other = server.connect()) {
                assertThat(other.send(Echo.post(2) + "ok").read().text()).isEqualTo("ok");
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
            requests.append(Echo.post(5)).append(String.format("%05d", i));
        }
        try (TestServer server = new TestServer(Echo.router(Echo.echo("POST")));
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
        try (TestServer server = new TestServer(Echo.router(Echo.echo("POST")));
                RawClient client = server.connect()) {
            for (char c : (Echo.post(4) + "slow").toCharArray()) {
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
        try (TestServer server = new TestServer(Echo.router(Echo.echo("POST")));
                RawClient client = server.connect()) {
            client.send(Echo.post(body.length)).send(body);
            assertThat(client.read().body()).isEqualTo(body);
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send(Integer.toHexString(body.length) + "\r\n").send(body).send("\r\n3\r\nend\r\n0\r\n\r\n");
            assertThat(client.read().body()).hasSize(body.length + 3).endsWith((byte) 'e', (byte) 'n', (byte) 'd');
        }
    }

    @Test
    void aClientMayAskBeforeItSendsABody() throws IOException {
        try (TestServer server = new TestServer(Echo.router(Echo.echo("POST")));
                RawClient client = server.connect()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            assertThat(client.send("hi").read().text()).isEqualTo("hi");
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
        try (TestServer server = new TestServer(Echo.router(broken, brokenAsync, brokenStream));
                RawClient client = server.connect()) {
            assertThat(client.send(Echo.GET).read().status()).isEqualTo(500);
            assertThat(client.send(Echo.post(1) + "x").read().status()).isEqualTo(500);
            assertThat(client.send("PUT /echo HTTP/1.1\r\nHost: x\r\n\r\n")
                            .read()
                            .text())
                    .isEqualTo("Internal Server Error\n");
        }
    }

    @Test
    void filtersStandBeforeEveryRoute() throws IOException {
        Filter guard = (request, next) -> request.header("Authorization") == null
                ? CompletableFuture.completedFuture(Response.error(401, "Unauthorized\n"))
                : next.handle(request).thenApply(response -> response.with("X-Guard", "1"));
        HttpServerOptions options = TestServer.options(DEFAULT);
        try (TestServer server = new TestServer(options, List.of(guard), Echo.router(Echo.echo("GET")));
                RawClient client = server.connect()) {
            assertThat(client.send(Echo.GET).read().status()).isEqualTo(401);
            RawClient.Answer answer = client.send("GET /nope HTTP/1.1\r\nHost: x\r\nAuthorization: y\r\n\r\n")
                    .read();
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.headers()).containsEntry("x-guard", "1");
        }
    }

    @Test
    void stoppingClosesIdleConnectionsAndLetsTheOthersHaveTheirAnswer() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Route slow = new Route("GET", "/echo", (Handler) request -> {
            started.countDown();
            assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            return Response.text(200, "done");
        });
        try (TestServer server = new TestServer(Echo.router(slow, Echo.echo("POST")));
                RawClient idle = server.connect();
                RawClient busy = server.connect()) {
            idle.send(Echo.post(2) + "hi").read();
            busy.send(Echo.GET);
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(10)));
            assertThat(idle.closedByServer()).isTrue();
            assertThat(server.listenersClosed()).succeedsWithin(Duration.ofSeconds(10));
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
            assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            return Response.text(200, "done");
        });
        try (TestServer server = new TestServer(Echo.router(slow));
                RawClient busy = server.connect()) {
            busy.send(Echo.GET);
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            server.stop(Duration.ofMillis(50));
            assertThat(busy.closedByServer()).isTrue();
            go.countDown();
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        try (TestServer server = new TestServer(Echo.router())) {
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
