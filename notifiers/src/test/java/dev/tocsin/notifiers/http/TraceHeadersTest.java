package dev.tocsin.notifiers.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.trace.RecordedSpans;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceHeadersTest {
    private final RecordingServer server = new RecordingServer();
    private final RecordedSpans spans = new RecordedSpans();
    private final OutboundClients clients = new OutboundClients(InetAddress::getAllByName, Map.of(), "test/1", spans);
    private final ConnectionMetrics.Dialer dialer =
            new ConnectionMetrics(new Metrics(new MetricRegistry())).dialer("webhook");

    @AfterEach
    void close() {
        clients.close();
        server.close();
    }

    private OutboundResult post() throws Exception {
        OutboundRequest request =
                new OutboundRequest("POST", Url.parseHttp("http://" + server.address() + "/x"), List.of(), new byte[0]);
        return clients.acquire(HttpClientConfig.DEFAULT).exchange(request, dialer, Duration.ofSeconds(10));
    }

    @Test
    void aRequestNamesTheSpanThatItIsPartOf() throws Exception {
        server.then(200, "");
        spans.root("attempt").call(this::post);
        assertThat(server.take().header("Traceparent")).isEqualTo("attempt");
    }

    @Test
    void withoutASpanThereIsNoHeader() throws Exception {
        server.then(200, "");
        post();
        assertThat(server.take().header("Traceparent")).isEmpty();
    }
}
