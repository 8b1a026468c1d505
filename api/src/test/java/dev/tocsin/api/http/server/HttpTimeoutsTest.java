package dev.tocsin.api.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpTimeoutsTest {
    private static final HttpServerOptions.Limits DEFAULT = HttpServerOptions.Limits.DEFAULT;

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

    /** What a client hears that sends {@code part} of a request and no more. */
    private static RawClient.Answer answerTo(String part, HttpServerOptions.Limits limits) throws IOException {
        try (TestServer server = new TestServer(TestServer.options(limits), List.of(), Echo.router(Echo.echo("POST")));
                RawClient client = server.connect()) {
            RawClient.Answer answer = client.send(part).read();
            assertThat(client.closedByServer()).isTrue();
            return answer;
        }
    }

    @Test
    void aClientThatIsSlowWithTheHeadGetsATimeout() throws IOException {
        assertThat(answerTo("GET / HTTP/1.1\r\nHo", times(60, 5000, 5000, 60_000))
                        .status())
                .isEqualTo(408);
    }

    @Test
    void aClientThatIsSlowWithTheBodyGetsATimeout() throws IOException {
        assertThat(answerTo(Echo.post(10) + "some", times(5000, 60, 5000, 60_000))
                        .status())
                .isEqualTo(408);
    }

    @Test
    void aClientThatStopsInTheBodyGetsATimeout() throws IOException {
        assertThat(answerTo(Echo.post(10) + "some", times(5000, 5000, 60, 60_000))
                        .status())
                .isEqualTo(408);
    }

    @Test
    void anIdleConnectionIsClosedWithoutAWord() throws IOException {
        HttpServerOptions options = TestServer.options(times(5000, 5000, 5000, 60));
        try (TestServer server = new TestServer(options, List.of(), Echo.router(Echo.echo("POST")));
                RawClient client = server.connect()) {
            assertThat(client.send(Echo.post(2) + "hi").read().text()).isEqualTo("hi");
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
        try (TestServer server = new TestServer(options, List.of(), Echo.router(slow));
                RawClient waiting = server.connect();
                RawClient idle = server.connect()) {
            waiting.send(Echo.GET);
            assertThat(idle.closedByServer()).isTrue();
            idleClosed.countDown();
            assertThat(waiting.read().text()).isEqualTo("done");
        }
    }

    @Test
    void aRequestAboveTheTimeoutIsAnsweredInTheServersName() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Route slow = new Route("POST", "/echo", (Handler) request -> {
            assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            return Response.text(200, "too late");
        });
        HttpServerOptions options = new HttpServerOptions(List.of("127.0.0.1:0"), 2, Duration.ofMillis(30), 1, DEFAULT);
        try (TestServer server = new TestServer(options, List.of(), Echo.router(slow));
                RawClient client = server.connect()) {
            RawClient.Answer answer = client.send(Echo.post(0)).read();
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
        try (TestServer server = new TestServer(options, List.of(), Echo.router(endless));
                RawClient client = new RawClient(server.address(), 4096)) {
            client.send(Echo.GET);
            assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
