package dev.tocsin.notifiers.http;

import static dev.tocsin.notifiers.http.RecordingServer.answerBeforeReading;
import static dev.tocsin.notifiers.http.RecordingServer.raw;
import static dev.tocsin.notifiers.http.RecordingServer.reply;
import static dev.tocsin.notifiers.http.RecordingServer.resetWhileReading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundClientTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(150);

    private final RecordingServer server = new RecordingServer();
    private final CountDownLatch lookupsMayEnd = new CountDownLatch(1);
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final ConnectionMetrics.Dialer dialer = new ConnectionMetrics(metrics).dialer("webhook");
    private final OutboundClients clients = new OutboundClients(this::lookup, Map.of(), "Alertmanager/0.34.0");

    @AfterEach
    void close() {
        lookupsMayEnd.countDown();
        clients.close();
        server.close();
    }

    @Test
    void sendsTheHeadersOfGoInItsOrderAndNoOthers() throws Exception {
        OutboundRequest request = new OutboundRequest(
                "POST",
                Url.parse("http://" + server.address() + "/a/b?c=d e#f"),
                List.of(new HttpField("x-later", "2"), new HttpField("Content-Type", "application/json")),
                "{}\n".getBytes(StandardCharsets.UTF_8));

        OutboundResult result = client().exchange(request, dialer, LONG);

        assertThat(result).isEqualTo(new OutboundResult.Answer(200, answerFields(), "", false));
        RecordedRequest recorded = server.take();
        assertThat(recorded.line()).isEqualTo("POST /a/b?c=d%20e HTTP/1.1");
        assertThat(recorded.headers())
                .containsExactly(
                        "Host: " + server.address(),
                        "User-Agent: Alertmanager/0.34.0",
                        "Content-Length: 3",
                        "Content-Type: application/json",
                        "X-Later: 2");
        assertThat(recorded.body()).isEqualTo("{}\n");
    }

    private static List<HttpField> answerFields() {
        return List.of(new HttpField("Content-Length", "0"));
    }

    @Test
    void keepsTheConnectionForTheNextRequest() throws Exception {
        server.then(200, "one").then(500, "two").then(204, "").then(200, "four");

        for (int status : new int[] {200, 500, 204, 200}) {
            assertThat(post())
                    .isInstanceOfSatisfying(
                            OutboundResult.Answer.class,
                            answer -> assertThat(answer.status()).isEqualTo(status));
        }

        assertThat(server.connections()).isEqualTo(1);
        assertThat(metrics.counter("net_conntrack_dialer_conn_established_total", "", "dialer_name")
                        .labels("webhook")
                        .value())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.0 200 OK|", "HTTP/1.1 200 OK|Connection: close"})
    void doesNotKeepAConnectionThatTheServerWillClose(String answer) throws Exception {
        server.then(raw(answer.replace("|", "\r\n") + "\r\n\r\n"));

        post();
        post();

        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void readsChunkedBodiesAndSkipsInterimAnswers() throws Exception {
        server.then(raw(String.join(
                "\r\n",
                "HTTP/1.1 100 Continue",
                "",
                "HTTP/1.1 103 Early",
                "Link: x",
                "",
                "HTTP/1.1 400 Bad",
                "Transfer-Encoding: chunked",
                "",
                "3",
                "abc",
                "2",
                "de",
                "0",
                "",
                "")));

        assertThat(answer(post()).body()).isEqualTo("abcde");
    }

    @Test
    void cutsALongBodyAndSaysSo() throws Exception {
        server.then(500, "x".repeat(10_000_000));

        OutboundResult.Answer answer = answer(post());

        assertThat(answer.body()).hasSize(OutboundResult.Answer.MAX_BODY_BYTES);
        assertThat(answer.cut()).isTrue();
        assertThat(client().idleConnections()).isZero();
    }

    @Test
    void theStatusCountsAlsoIfTheBodyNeverEnds() throws Exception {
        server.then(server.hangAfter("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"));

        OutboundResult.Answer answer = answer(post(SHORT));

        assertThat(answer).isEqualTo(new OutboundResult.Answer(200, contentLength("10"), "abc", true));
        assertThat(server.takeHangUp()).isIn("reset", "end");
    }

    private static List<HttpField> contentLength(String value) {
        return List.of(new HttpField("Content-Length", value));
    }

    @Test
    void nobodyListening() throws Exception {
        server.close();

        OutboundResult.Failure failure = failure(post());

        assertThat(failure.message()).isEqualTo("dial tcp " + server.address() + ": connect: connection refused");
        assertThat(failure.unreachable()).isTrue();
        assertThat(failure.maybeAccepted()).isFalse();
        assertThat(metrics.counter("net_conntrack_dialer_conn_failed_total", "", "dialer_name", "reason")
                        .labels("webhook", "refused")
                        .value())
                .isEqualTo(1);
    }

    @Test
    void unknownName() throws Exception {
        OutboundResult.Failure failure = failure(get("http://unknown.example/"));

        assertThat(failure)
                .isEqualTo(new OutboundResult.Failure(
                        "dial tcp: lookup unknown.example: no such host", false, false, true));
    }

    @Test
    void aLookupThatHangsEndsAtTheDeadline() throws Exception {
        OutboundResult.Failure failure = failure(client().exchange(request("http://slow.example/"), dialer, SHORT));

        assertThat(failure).isEqualTo(new OutboundResult.Failure("context deadline exceeded", true, false, true));
    }

    @Test
    void triesTheNextAddressOfAName() throws Exception {
        OutboundResult result = get("http://two.example:" + server.port() + "/");

        assertThat(answer(result).status()).isEqualTo(200);
        assertThat(server.take().header("Host")).isEqualTo("two.example:" + server.port());
    }

    @Test
    void aServerThatNeverAnswersMayHaveAccepted() throws Exception {
        server.then(server.hangAfter(""));

        OutboundResult.Failure failure = failure(post(SHORT));

        assertThat(failure).isEqualTo(new OutboundResult.Failure("context deadline exceeded", true, true, false));
        assertThat(server.takeHangUp()).isIn("reset", "end");
    }

    @Test
    void interruptionClosesTheSocketAtOnce() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        server.then((received, socket, out) -> {
            arrived.countDown();
            return server.hangAfter("").answer(received, socket, out);
        });
        AtomicReference<Object> outcome = new AtomicReference<>("nothing");
        OutboundClient client = client();
        OutboundRequest request = request("http://" + server.address() + "/");
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                outcome.set(client.exchange(request, dialer, LONG));
            } catch (InterruptedException e) {
                outcome.set(e);
            }
        });
        arrived.await();
        caller.interrupt();
        caller.join();

        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        assertThat(server.takeHangUp()).isIn("reset", "end");
    }

    @Test
    void aConnectionClosedAfterTheRequestMayHaveBeenAccepted() throws Exception {
        server.then((request, socket, out) -> false);

        assertThat(post()).isEqualTo(new OutboundResult.Failure("EOF", false, true, false));
    }

    @Test
    void aConnectionResetInTheMiddleOfTheRequestMayHaveBeenAccepted() throws Exception {
        server.then(resetWhileReading());

        OutboundResult.Failure failure = failure(post());

        assertThat(failure.maybeAccepted()).isTrue();
        assertThat(failure.unreachable()).isFalse();
        assertThat(failure.message())
                .matches("EOF|unexpected EOF"
                        + "|read tcp 127.0.0.1:\\d+->127.0.0.1:\\d+: read: connection reset by peer"
                        + "|write tcp 127.0.0.1:\\d+->127.0.0.1:\\d+: write: (broken pipe|connection reset by peer)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage|malformed HTTP response \"garbage\"",
                "SSH-2.0-OpenSSH_9.2|malformed HTTP response \"SSH-2.0-OpenSSH_9.2\"",
                "HTTP/1.1 abc Odd|malformed HTTP response \"HTTP/1.1 abc Odd\""
            })
    void quotesWhatIsNoHttp(String line, String message) throws Exception {
        server.then(raw(line + "\r\n\r\n"));

        OutboundResult.Failure failure = failure(post());

        assertThat(failure.message()).isEqualTo("net/http: HTTP/1.x transport connection broken: " + message);
        assertThat(failure.maybeAccepted()).isTrue();
    }

    @Test
    void boundsTheHeadOfAnAnswer() throws Exception {
        server.then(raw("HTTP/1.1 200 OK\r\nX: " + "y".repeat(100_000) + "\r\n\r\n"));

        assertThat(failure(post()).message()).contains("line length limit");
    }

    @Test
    void anAnswerBeforeTheWholeBodyWasReadCounts() throws Exception {
        server.then(answerBeforeReading("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"));

        OutboundResult result = client().exchange(
                        new OutboundRequest(
                                "POST", Url.parse("http://" + server.address()), List.of(), new byte[1 << 20]),
                        dialer,
                        LONG);

        assertThat(answer(result).status()).isEqualTo(413);
    }

    @Test
    void aConnectionThatTheServerDroppedMeanwhileIsNotUsedAgain() throws Exception {
        post();
        server.then((request, socket, out) -> {
            reply(200, "").answer(request, socket, out);
            return false;
        });
        post();
        // The client hears of the closing only when it looks; the next request must not fail for good.
        OutboundResult third = post();
        OutboundResult fourth = third instanceof OutboundResult.Answer ? third : post();

        assertThat(answer(fourth).status()).isEqualTo(200);
    }

    @Test
    void noTimeLeftMeansNoByte() throws Exception {
        OutboundResult result = post(Duration.ZERO);

        assertThat(result).isEqualTo(new OutboundResult.Failure("context deadline exceeded", true, false, true));
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0:99999, dial tcp: address 99999: invalid port", "[::1, ''"})
    void oddAddresses(String host, String message) throws Exception {
        assertThatThrownBy(() -> {
                    OutboundResult.Failure failure = failure(get("http://" + host + "/"));
                    throw new IOException(failure.message());
                })
                .satisfiesAnyOf(
                        e -> assertThat(e).hasMessage(message),
                        e -> assertThat(e).isInstanceOf(InvalidValueException.class));
    }

    @Test
    void refusesAHeaderThatWouldBreakOutOfItsLine() throws Exception {
        OutboundRequest request = new OutboundRequest(
                "POST",
                Url.parse("http://" + server.address()),
                List.of(new HttpField("X-Token", "a\r\nX-Other: b")),
                new byte[0]);

        OutboundResult.Failure failure = failure(client().exchange(request, dialer, LONG));

        assertThat(failure.message()).isEqualTo("net/http: invalid header field value for \"X-Token\"");
        assertThat(failure.maybeAccepted()).isFalse();
        assertThat(server.connections()).isZero();
    }

    @Test
    void integrationsWithEqualSettingsShareConnections() throws Exception {
        OutboundClient first = clients.acquire(HttpClientConfig.DEFAULT);
        OutboundClient second = clients.acquire(HttpClientConfig.DEFAULT);

        assertThat(first).isSameAs(second);

        first.exchange(request("http://" + server.address()), dialer, LONG);
        clients.release(HttpClientConfig.DEFAULT);
        assertThat(second.idleConnections()).isEqualTo(1);
        clients.release(HttpClientConfig.DEFAULT);
        assertThat(second.idleConnections()).isZero();
    }

    private OutboundResult post() throws Exception {
        return post(LONG);
    }

    private OutboundResult post(Duration limit) throws Exception {
        return client().exchange(request("http://" + server.address() + "/"), dialer, limit);
    }

    private OutboundResult get(String url) throws Exception {
        return client().exchange(request(url), dialer, LONG);
    }

    private static OutboundRequest request(String url) throws InvalidValueException {
        return new OutboundRequest("POST", Url.parse(url), List.of(), "body".getBytes(StandardCharsets.UTF_8));
    }

    private OutboundClient client() throws NotifierBuildException {
        return clients.acquire(HttpClientConfig.DEFAULT);
    }

    private static OutboundResult.Answer answer(OutboundResult result) {
        assertThat(result).isInstanceOf(OutboundResult.Answer.class);
        return (OutboundResult.Answer) result;
    }

    private static OutboundResult.Failure failure(OutboundResult result) {
        assertThat(result).isInstanceOf(OutboundResult.Failure.class);
        return (OutboundResult.Failure) result;
    }

    private InetAddress[] lookup(String host) throws UnknownHostException {
        return switch (host) {
            case "two.example" ->
                new InetAddress[] {InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1")};
            case "slow.example" -> {
                try {
                    lookupsMayEnd.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new UnknownHostException(host);
            }
            default -> throw new UnknownHostException(host + ": Name or service not known");
        };
    }
}
