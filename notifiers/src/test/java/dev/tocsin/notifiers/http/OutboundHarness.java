package dev.tocsin.notifiers.http;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.HttpClientDecoder;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlLimits;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlProblems;
import dev.tocsin.core.yaml.YamlReader;
import dev.tocsin.core.yaml.YamlSyntaxException;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends requests with settings written as an {@code http_config}. Names end in the local machine. */
final class OutboundHarness implements AutoCloseable {
    private final ConnectionMetrics.Dialer dialer =
            new ConnectionMetrics(new Metrics(new MetricRegistry())).dialer("test");
    private final OutboundClients clients;

    OutboundHarness() {
        this(Map.of());
    }

    OutboundHarness(Map<String, String> environment) {
        this.clients = new OutboundClients(
                host -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")}, environment, "Alertmanager/0.34.0");
    }

    /** A client for {@code http_config: {<settings>}}; as soon as it is built it is never given back. */
    OutboundClient client(String settings) throws NotifierBuildException {
        return clients.acquire(config(settings));
    }

    OutboundResult post(String settings, String url) throws Exception {
        return post(client(settings), url);
    }

    OutboundResult post(OutboundClient client, String url) throws InterruptedException, InvalidValueException {
        OutboundRequest request = new OutboundRequest(
                "POST",
                Url.parse(url),
                List.of(new HttpField("Content-Type", "application/json")),
                "{}\n".getBytes(StandardCharsets.UTF_8));
        return client.exchange(request, dialer, Duration.ofSeconds(30));
    }

    /** Sends a request without settings. */
    OutboundResult send(OutboundRequest request) throws Exception {
        return client("").exchange(request, dialer, Duration.ofSeconds(30));
    }

    /** The answer's status, or the failure's message. */
    static String told(OutboundResult result) {
        return switch (result) {
            case OutboundResult.Answer answer -> Integer.toString(answer.status());
            case OutboundResult.Failure failure -> failure.message();
        };
    }

    static HttpClientConfig config(String settings) {
        YamlNode node;
        try {
            node = new YamlReader("{http_config: {" + settings + "}}", YamlLimits.DEFAULT).read();
        } catch (YamlSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
        YamlProblems problems = new YamlProblems();
        AtomicReference<@Nullable HttpClientConfig> config = new AtomicReference<>();
        problems.struct(Objects.requireNonNull(node), "test", fields -> {
            config.set(new HttpClientDecoder(Path.of("/")).decode(fields, "http_config"));
            return true;
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.reported().toString());
        }
        return Objects.requireNonNull(config.get());
    }

    @Override
    public void close() {
        clients.close();
    }
}
