package dev.tocsin.notifiers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.fixture.JsonResource;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.notify.ReceiverValue;
import dev.tocsin.notifiers.http.RecordedRequest;
import dev.tocsin.notifiers.http.RecordingServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Compares the requests of all kinds with those recorded from Alertmanager, byte by byte but for what is ours. */
class RecordedRequestTest {
    @TempDir
    private Path folder;

    private final IntegrationHarness harness = new IntegrationHarness();

    @BeforeEach
    void writeSecrets() throws IOException {
        Files.writeString(folder.resolve("k2.txt"), "  tmpl-{{ .CommonLabels.alertname }}\n");
        Files.writeString(folder.resolve("key.txt"), "  filekey-123  ");
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "recorded/requests.csv")
    void sendsWhatAlertmanagerSends(String variant, String kind, int index, String phase) throws Exception {
        List<?> recorded = (List<?>)
                Objects.requireNonNull(new JsonResource(getClass(), "recorded/" + variant + "." + phase + ".json")
                        .objects()
                        .getFirst()
                        .get("requests"));
        recorded.forEach(request -> harness.server.then(answer(kind, phase, (Map<?, ?>) request)));

        Outcome outcome = integration(kind, index).send(notification(variant, phase), IntegrationHarness.LATER);

        assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
        for (Object item : recorded) {
            compare((Map<?, ?>) item, harness.server.take());
        }
        assertThat(harness.server.waiting()).isZero();
    }

    private void compare(Map<?, ?> recorded, RecordedRequest sent) {
        assertThat(sent.body()).isEqualTo(recorded.get("body"));
        assertThat(sent.line()).isEqualTo(recorded.get("method") + " " + recorded.get("path") + " HTTP/1.1");
        assertThat(sent.header("Idempotency-Key")).startsWith("key-7");
        assertThat(sent.header("Tocsin-Sequence")).isEqualTo("7");
        List<String> theirs = new ArrayList<>(sent.headers());
        theirs.removeIf(header -> header.startsWith("Idempotency-Key") || header.startsWith("Tocsin-"));
        assertThat(theirs).isEqualTo(headers(recorded));
    }

    private List<String> headers(Map<?, ?> recorded) {
        List<String> headers = new ArrayList<>();
        for (Object pair : (List<?>) Objects.requireNonNull(recorded.get("headers"))) {
            String name = String.valueOf(((List<?>) pair).getFirst());
            String value = switch (name) {
                case "Host" -> harness.server.address();
                case "User-Agent" ->
                    String.valueOf(((List<?>) pair).getLast()).replaceAll("^Alertmanager/.*", "Alertmanager/0.34.0");
                default -> String.valueOf(((List<?>) pair).getLast());
            };
            headers.add(name + ": " + value);
        }
        return headers;
    }

    private static RecordingServer.Script answer(String kind, String phase, Map<?, ?> request) {
        String path = String.valueOf(request.get("path"));
        return switch (kind) {
            case "telegram" -> RecordingServer.reply(200, "{\"ok\":true}");
            case "wechat" -> RecordingServer.reply(200, "{\"errcode\":0,\"access_token\":\"wxtoken\"}");
            case "jira" -> RecordingServer.reply(200, jira(path, phase, !phase.startsWith("firing")));
            case "slack" ->
                RecordingServer.reply(
                        200,
                        "{\"ok\":true,\"ts\":\"1700000000.000100\",\"channel\":\"C0123\"}",
                        "Content-Type: application/json");
            case "rocketchat" -> RecordingServer.reply(200, "{\"success\":true}");
            default -> RecordingServer.reply(200, "");
        };
    }

    /** In the first two phases there was no issue yet. */
    private static String jira(String path, String phase, boolean known) {
        if (path.endsWith("/transitions")) {
            return "{\"transitions\":[{\"id\":\"31\",\"name\":\"Done\"},{\"id\":\"32\",\"name\":\"Reopen\"}]}";
        }
        String category = phase.equals("reopen") ? "done" : "indeterminate";
        return !known || !path.contains("/search")
                ? "{}"
                : "{\"issues\":[{\"key\":\"OPS-1\",\"fields\":{\"status\":{\"statusCategory\":{\"key\":\"" + category
                        + "\"}}}}]}";
    }

    /** Later notifications of a message that is updated find what the first one left. */
    private static Notification notification(String variant, String phase) {
        return variant.equals("slack-update") && !phase.equals("firing-first")
                ? new CapturedAlerts()
                        .notification(
                                phase,
                                Map.of(
                                        "threadTs", new ReceiverValue.Text("1700000000.000100"),
                                        "channelId", new ReceiverValue.Text("C0123")))
                : new CapturedAlerts().notification(phase);
    }

    private Notifier integration(String kind, int index) throws Exception {
        for (ReceiverConfig.Integration integration : harness.load(config(), folder)) {
            if (integration.kind().equals(kind) && integration.index() == index) {
                return harness.build(integration);
            }
        }
        throw new IllegalArgumentException(kind + " " + index);
    }

    private static String config() throws IOException {
        try (InputStream in = RecordedRequestTest.class.getResourceAsStream("recorded/receivers.yml")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
