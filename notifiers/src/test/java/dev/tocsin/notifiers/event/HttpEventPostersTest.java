package dev.tocsin.notifiers.event;

import static dev.tocsin.notifiers.http.RecordingServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.config.EventRecorderConfig.WebhookOutput;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.event.EventPoster;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.http.OutboundClients;
import dev.tocsin.notifiers.http.RecordedRequest;
import dev.tocsin.notifiers.http.RecordingServer;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpEventPostersTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RecordingServer server = new RecordingServer();
    private final OutboundClients clients =
            new OutboundClients(InetAddress::getAllByName, Map.of(), "Alertmanager/0.34.0");
    private final HttpEventPosters posters = new HttpEventPosters(
            new Outbound(clients, new ConnectionMetrics(new Metrics(new MetricRegistry())), new VirtualTime()));

    @AfterEach
    void close() {
        clients.close();
        server.close();
    }

    private EventPoster poster(String url) throws IOException {
        return posters.poster(new WebhookOutput(
                new Secret(url), null, Duration.ZERO, 0, 0, Duration.ZERO, false, 0, 0, Duration.ZERO));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void postsTheBodyAsJson() throws Exception {
        server.then(202, "");
        try (EventPoster poster = poster("http://" + server.address() + "/hook?token=s3cret")) {
            poster.post(bytes("[{\"a\":1}]"), TIMEOUT);
            RecordedRequest request = server.take();
            assertThat(request.line()).isEqualTo("POST /hook?token=s3cret HTTP/1.1");
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.body()).isEqualTo("[{\"a\":1}]");
        }
    }

    @Test
    void everyStatusBut2xxIsAFailure() throws Exception {
        server.then(reply(404, "no s3cret here"));
        try (EventPoster poster = poster("http://" + server.address() + "/s3cret")) {
            assertThatThrownBy(() -> poster.post(bytes("{}"), TIMEOUT))
                    .isInstanceOf(IOException.class)
                    .hasMessage("unexpected status code 404");
        }
    }

    @Test
    void neitherItsNameNorItsErrorsTellTheAddress() throws Exception {
        String address = server.address();
        server.close();
        try (EventPoster poster = poster("http://user:s3cret@" + address + "/s3cret?token=s3cret")) {
            assertThat(poster.name()).isEqualTo("webhook:http://" + address);
            assertThatThrownBy(() -> poster.post(bytes("{}"), TIMEOUT))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Post \"<redacted>\": ")
                    .message()
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void aSilentWebhookIsGivenUpAfterTheTimeout() throws Exception {
        server.then(server.hangAfter(""));
        try (EventPoster poster = poster("http://" + server.address() + "/")) {
            assertThatThrownBy(() -> poster.post(bytes("{}"), Duration.ofMillis(100)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("deadline");
        }
    }
}
