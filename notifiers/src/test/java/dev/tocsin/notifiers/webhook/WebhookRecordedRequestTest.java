package dev.tocsin.notifiers.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.http.AuthorizationConfig;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.HttpHeaderConfig;
import dev.tocsin.core.config.http.ProxyConfig;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.fixture.JsonResource;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.http.RecordedRequest;
import dev.tocsin.notifiers.http.RecordingServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares requests with those recorded from Alertmanager, byte by byte but for what is ours. */
class WebhookRecordedRequestTest {
    /** New since the version that was recorded. */
    private static final String ROUTE_LABELS = "\"routeLabels\":{},";

    private final RecordingServer server = new RecordingServer();
    private final WebhookHarness harness = new WebhookHarness();

    @AfterEach
    void close() {
        harness.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "webhook, firing-first", "webhook, firing", "webhook, resolved",
        "webhook-auth, firing-first", "webhook-auth, firing", "webhook-auth, resolved",
        "webhook-bearer, firing-first", "webhook-bearer, firing", "webhook-bearer, resolved",
        "webhook-max1, firing-first", "webhook-max1, firing", "webhook-max1, resolved"
    })
    void sendsWhatAlertmanagerSends(String variant, String phase) throws Exception {
        Map<String, Object> recorded = new JsonResource(getClass(), variant + "." + phase + ".json")
                .objects()
                .getFirst();
        Notification notification = new CapturedAlerts().notification(phase);

        try (Notifier webhook = harness.build(config(variant, String.valueOf(recorded.get("path"))))) {
            assertThat(webhook.send(notification, WebhookHarness.LATER))
                    .isEqualTo(new Outcome.Delivered("200", Map.of()));
        }

        String body =
                String.valueOf(recorded.get("body")).replace("\"externalURL\":", ROUTE_LABELS + "\"externalURL\":");
        RecordedRequest sent = server.take();
        assertThat(sent.body()).isEqualTo(body);
        assertThat(sent.line()).isEqualTo(recorded.get("method") + " " + recorded.get("path") + " HTTP/1.1");
        assertThat(sent.headers())
                .contains("Idempotency-Key: key-7", "Tocsin-Sequence: 7")
                .noneMatch(header -> header.startsWith("Tocsin-Possible-Repeat"));
        List<String> theirs = new ArrayList<>(sent.headers());
        theirs.removeIf(header -> header.startsWith("Idempotency-Key") || header.startsWith("Tocsin-"));
        assertThat(theirs).isEqualTo(headers(recorded, body.getBytes(StandardCharsets.UTF_8).length));
    }

    private List<String> headers(Map<String, Object> recorded, int length) {
        List<String> headers = new ArrayList<>();
        for (Object pair : (List<?>) Objects.requireNonNull(recorded.get("headers"))) {
            String name = String.valueOf(((List<?>) pair).getFirst());
            String value = switch (name) {
                case "Host" -> server.address();
                case "User-Agent" -> "Alertmanager/0.34.0";
                case "Content-Length" -> Integer.toString(length);
                default -> String.valueOf(((List<?>) pair).getLast());
            };
            headers.add(name + ": " + value);
        }
        return headers;
    }

    private WebhookConfig config(String variant, String path) {
        String plain = "http://" + server.address() + path;
        return switch (variant) {
            case "webhook-auth" ->
                config(
                        "http://user:pass@" + server.address() + path,
                        0,
                        http(null, Map.of("X-Custom", new HttpHeaderConfig(List.of("a", "b"), List.of(), List.of()))));
            case "webhook-bearer" ->
                config(
                        plain,
                        0,
                        http(
                                new AuthorizationConfig("Bearer", new SecretSource(new Secret("sekret"), ""), ""),
                                Map.of()));
            case "webhook-max1" -> config(plain, 1, HttpClientConfig.DEFAULT);
            default -> config(plain, 0, HttpClientConfig.DEFAULT);
        };
    }

    private static HttpClientConfig http(
            @Nullable AuthorizationConfig authorization, Map<String, HttpHeaderConfig> headers) {
        return new HttpClientConfig(null, authorization, null, TlsConfig.NONE, true, true, ProxyConfig.NONE, headers);
    }

    private static WebhookConfig config(String url, long maxAlerts, HttpClientConfig http) {
        return WebhookHarness.config(url, "", maxAlerts, Duration.ZERO, null, http);
    }
}
